import { useState } from 'react';
import type { User } from '#contract/users.ts';
import { useTexts } from '../../lib/texts.ts';
import { useForm } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import styles from './account-card.module.css';
import { useDeleteAccount } from './auth.api.ts';

/** The way out: said plainly, and sure only once the own address was typed. */
export function DeleteAccount({ user, onDeleted }: { user: User; onDeleted: () => void }) {
  const t = useTexts('auth').account.deletion;
  const [isAsking, setIsAsking] = useState(false);
  const deletion = useDeleteAccount(user.id, onDeleted);
  const form = useForm({
    fields: ['confirmation'],
    change: deletion,
    check: ({ confirmation }) => ({
      confirmation:
        confirmation.trim().toLowerCase() !== user.email.toLowerCase() && t.mismatch({ email: user.email }),
    }),
    refusals: { state_conflict: { form: t.lastAdmin } },
    onSubmit: () => deletion.mutate(),
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
