import type { SubmitEvent } from 'react';
import type { User } from '#contract/users.ts';
import { hasCode } from '../../lib/api-error.ts';
import { describeError, fieldErrorsOf } from '../../lib/error-texts.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './account-card.module.css';
import { type AccountChanges, useUpdateAccount } from './auth.api.ts';
import { useFormCheck } from './form-check.ts';

/** Only what differs goes to the service; the current password only along with what needs it. */
function changesOf(user: User, form: FormData): AccountChanges {
  const read = (name: string) => String(form.get(name) ?? '');
  const [name, email, password] = [read('name').trim(), read('email').trim(), read('password')];
  const changes = {
    ...(name !== user.name && { name }),
    ...(email !== user.email && { email }),
    ...(password !== '' && { password }),
  };
  const isSensitive = 'email' in changes || 'password' in changes;
  const currentPassword = read('currentPassword');
  return { ...changes, ...(isSensitive && currentPassword !== '' && { currentPassword }) };
}

export function AccountForm({
  user,
  onSaved,
  onCancel,
}: {
  user: User;
  onSaved: () => void;
  onCancel: () => void;
}) {
  const t = useTexts('auth');
  const errors = useTexts('errors');
  const update = useUpdateAccount(user.id);
  const check = useFormCheck(['name', 'email'] as const, t.missing);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!check.read(event.currentTarget) || update.isPending) return;
    const changes = changesOf(user, new FormData(event.currentTarget));
    if (Object.keys(changes).length === 0) onSaved();
    else update.mutate(changes, { onSuccess: onSaved });
  };
  const isTaken = hasCode(update.error, 'email_taken');
  const fieldErrors: Partial<Record<string, string>> = {
    ...fieldErrorsOf(update.error, errors),
    ...(isTaken && { email: t.register.taken }),
    ...check.missing,
  };
  const isMarked =
    isTaken || hasCode(update.error, 'invalid_input') || hasCode(update.error, 'wrong_password');
  const problem = isMarked ? t.markedFields : update.error && describeError(update.error, errors);
  return (
    <form noValidate className={styles.form} onSubmit={submit}>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Field
        label={t.name}
        name="name"
        autoComplete="name"
        defaultValue={user.name}
        error={fieldErrors.name}
        // Pressed for just now: it takes the focus.
        autoFocus
      />
      <Field
        label={t.email}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={user.email}
        error={fieldErrors.email}
      />
      <Field
        label={t.account.newPassword}
        name="password"
        type="password"
        autoComplete="new-password"
        hint={t.account.newPasswordHint}
        error={fieldErrors.password}
      />
      <Field
        label={t.account.currentPassword}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        hint={t.account.currentPasswordHint}
        error={fieldErrors.currentPassword}
      />
      <div className={styles.buttons}>
        <Button type="submit" isBusy={update.isPending}>
          {t.account.update}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t.account.cancel}
        </Button>
      </div>
    </form>
  );
}
