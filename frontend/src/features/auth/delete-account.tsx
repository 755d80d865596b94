import { useState } from 'react';
import type { User } from '#contract/users.ts';
import { hasCode } from '../../lib/api-error.ts';
import { useTexts } from '../../lib/texts.ts';
import { useForm } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import styles from './account-card.module.css';
import { useDeleteAccount } from './auth.api.ts';

/** The way out: said plainly, and sure only once the own address was typed. */
export function DeleteAccount({ user, onDeleted }: { user: User; onDeleted: () => void }) {
  const all = useTexts('auth');
  const t = all.account.deletion;
  const [isAsking, setIsAsking] = useState(false);
  // Only of who logged in a while ago, or is mistaken about it.
  const [isPasswordNeeded, setIsPasswordNeeded] = useState(false);
  const deletion = useDeleteAccount(user.id, onDeleted);
  const form = useForm({
    fields: ['confirmation', 'currentPassword'],
    change: deletion,
    check: ({ confirmation }) => ({
      confirmation:
        confirmation.trim().toLowerCase() !== user.email.toLowerCase() && t.mismatch({ email: user.email }),
    }),
    refusals: { state_conflict: { form: t.lastAdmin } },
    onSubmit: ({ currentPassword }) =>
      deletion.mutate(currentPassword === '' ? {} : { currentPassword }, {
        onError: (error) => {
          if (hasCode(error, 'reauthentication_required')) setIsPasswordNeeded(true);
        },
      }),
  });
  if (!isAsking) {
    return (
      <Button look="plain" size="small" className={styles.leave} onClick={() => setIsAsking(true)}>
        {t.start}
      </Button>
    );
  }
  return (
    <Form form={form} label={t.start} intro={<p>{t.consequences}</p>} className="stack">
      <Field
        label={t.confirmation}
        name="confirmation"
        type="email"
        autoComplete="off"
        hint={user.email}
        error={form.errors.confirmation}
        // Pressed for just now: it takes the focus.
        autoFocus
      />
      {isPasswordNeeded && (
        <Field
          label={all.account.currentPassword}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          hint={t.passwordHint}
          error={form.errors.currentPassword}
          // It was not there when the form was sent.
          autoFocus
        />
      )}
      <div className="cluster">
        <Button type="submit" isBusy={form.isPending}>
          {t.confirm}
        </Button>
        <Button look="quiet" onClick={() => setIsAsking(false)}>
          {t.keep}
        </Button>
      </div>
    </Form>
  );
}
