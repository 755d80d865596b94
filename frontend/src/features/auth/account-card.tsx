import type { User } from '#contract/users.ts';
import { useTexts } from '../../lib/texts.ts';
import { Chip } from '../../ui/chip.tsx';
import styles from './account-card.module.css';
import { authTexts } from './auth.texts.ts';

/** Who somebody is to us. */
export function AccountCard({ user }: { user: User }) {
  const t = useTexts(authTexts).account;
  const roles = [...new Set(user.roles.map(({ role }) => role))];
  return (
    <section className={styles.card} aria-labelledby="account-title">
      <h2 id="account-title">{t.title}</h2>
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
    </section>
  );
}
