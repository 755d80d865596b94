import { type SubmitEvent, useState } from 'react';
import type { User } from '#contract/users.ts';
import { hasCode } from '../../lib/api-error.ts';
import { describeError } from '../../lib/error-texts.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './account-card.module.css';
import { useDeleteAccount } from './auth.api.ts';

/** The way out: said plainly, and sure only once the own address was typed. */
export function DeleteAccount({ user, onDeleted }: { user: User; onDeleted: () => void }) {
  const t = useTexts('auth').account.deletion;
  const errors = useTexts('errors');
  const [isAsking, setIsAsking] = useState(false);
  const [isWrong, setIsWrong] = useState(false);
  const deletion = useDeleteAccount(user.id, onDeleted);
  if (!isAsking) {
    return (
      <Button look="plain" size="small" className={styles.leave} onClick={() => setIsAsking(true)}>
        {t.start}
      </Button>
    );
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('confirmation') ?? '');
    const isRight = typed.trim().toLowerCase() === user.email.toLowerCase();
    setIsWrong(!isRight);
    if (isRight && !deletion.isPending) deletion.mutate();
  };
  const problem = hasCode(deletion.error, 'state_conflict')
    ? t.lastAdmin
    : deletion.error && describeError(deletion.error, errors);
  return (
    <form noValidate className={styles.form} aria-label={t.start} onSubmit={submit}>
      <p>{t.consequences}</p>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Field
        label={t.confirmation}
        name="confirmation"
        type="email"
        autoComplete="off"
        hint={user.email}
        error={isWrong ? t.mismatch({ email: user.email }) : undefined}
        // Pressed for just now: it takes the focus.
        autoFocus
      />
      <div className={styles.buttons}>
        <Button type="submit" isBusy={deletion.isPending}>
          {t.confirm}
        </Button>
        <Button look="quiet" onClick={() => setIsAsking(false)}>
          {t.keep}
        </Button>
      </div>
    </form>
  );
}
