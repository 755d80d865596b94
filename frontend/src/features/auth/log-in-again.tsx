import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { User } from '#contract/users.ts';
import { settleLogIn } from '../../lib/acting-user.ts';
import { useTexts } from '../../lib/texts.ts';
import { useForm } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useLogInAgain } from './auth.api.ts';
import styles from './log-in-again.module.css';
import { forgetSession } from './session.ts';

/** Asks whoever was at work to log in again, above their page: what they typed stays, and what they began goes on. */
export function LogInAgain({ user }: { user: User }) {
  const t = useTexts('auth');
  const client = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const logIn = useLogInAgain(user);
  const form = useForm({
    fields: ['email', 'password'],
    change: logIn,
    required: t.missing,
    refusals: { unknown_user: { form: t.login.refused } },
    marked: t.markedFields,
    onSubmit: (typed) => logIn.mutate(typed),
  });
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // The address is known; what is missing is the password.
    shown?.querySelector<HTMLInputElement>('[name="password"]')?.focus();
    // Closed before it goes: the focus is back where it was.
    return () => shown?.close();
  }, []);
  const leave = () => {
    settleLogIn('left');
    forgetSession(client);
  };
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="session-ended" onCancel={leave}>
      <h2 id="session-ended">{t.session.ended}</h2>
      <p className={styles.lead}>{t.session.goOn}</p>
      <Form form={form} className="stack">
        <Field
          label={t.email}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={user.email}
          error={form.errors.email}
        />
        <Field
          label={t.password}
          name="password"
          type="password"
          autoComplete="current-password"
          error={form.errors.password}
        />
        <div className="cluster">
          <Button type="submit" isBusy={form.isPending}>
            {t.login.submit}
          </Button>
          <Button look="quiet" onClick={leave}>
            {t.session.leave}
          </Button>
        </div>
      </Form>
    </dialog>
  );
}
