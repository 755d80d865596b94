import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { User } from '#contract/users.ts';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Link } from '../../ui/link.tsx';
import styles from './account-card.module.css';
import { AccountForm } from './account-form.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { DownloadData } from './download-data.tsx';

/** Who somebody is to us, and the place to change it. */
export function AccountCard({ user, onDeleted }: { user: User; onDeleted: () => void }) {
  const t = useTexts('auth').account;
  const [isEditing, setIsEditing] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const close = (hasSaved: boolean) => {
    flushSync(() => {
      setIsEditing(false);
      setIsSaved(hasSaved);
    });
    // The form took the focus with it.
    edit.current?.focus();
  };
  return (
    <section className={styles.card} aria-labelledby="account-title">
      <h2 id="account-title">{t.title}</h2>
      {isEditing ? (
        <AccountForm user={user} onSaved={() => close(true)} onCancel={() => close(false)} />
      ) : (
        <>
          <Facts user={user} />
          <Button ref={edit} look="quiet" size="small" onClick={() => setIsEditing(true)}>
            {t.edit}
          </Button>
          <Link to={paths.sessions} className={styles.way}>
            {t.sessions}
          </Link>
          <DownloadData />
          <DeleteAccount user={user} onDeleted={onDeleted} />
        </>
      )}
      <p role="status" className={styles.saved}>
        {isSaved && !isEditing && t.saved}
      </p>
    </section>
  );
}

function Facts({ user }: { user: User }) {
  const t = useTexts('auth').account;
  const roles = [...new Set(user.roles.map(({ role }) => role))];
  return (
    <dl>
      <div>
        <dt>{t.name}</dt>
        <dd>{user.name}</dd>
      </div>
      <div>
        <dt>{t.email}</dt>
        <dd>{user.email}</dd>
      </div>
      <div>
        <dt>{t.roles}</dt>
        <dd className={styles.roles}>
          {roles.map((role) => (
            <Chip key={role} tone={role === 'diner' ? 'plain' : 'ember'}>
              {t.role[role]}
            </Chip>
          ))}
        </dd>
      </div>
    </dl>
  );
}
