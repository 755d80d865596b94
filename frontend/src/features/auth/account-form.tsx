import { useState } from 'react';
import type { User } from '#contract/users.ts';
import { hasFields } from '../../lib/changed-fields.ts';
import { useTexts } from '../../lib/texts.ts';
import { useForm } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { type AccountChanges, useUpdateAccount } from './auth.api.ts';

type Typed = Record<'name' | 'email' | 'password' | 'currentPassword', string>;

/** Only what differs goes to the service; the current password only along with what needs it. */
function changesOf(user: User, typed: Typed): AccountChanges {
  const [name, email] = [typed.name.trim(), typed.email.trim()];
  const { password, currentPassword } = typed;
  const changes = {
    ...(name !== user.name && { name }),
    ...(email !== user.email && { email }),
    ...(password !== '' && { password }),
  };
  const isSensitive = 'email' in changes || 'password' in changes;
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
  // As it was when the form was filled: another tab may have changed it since.
  const [before] = useState(user);
  const update = useUpdateAccount(user.id);
  const form = useForm({
    fields: ['name', 'email', 'password', 'currentPassword'],
    change: update,
    required: { name: t.missing.name, email: t.missing.email },
    refusals: { email_taken: { email: t.register.taken } },
    marked: t.markedFields,
    onSubmit: (typed) => {
      const changes = changesOf(before, typed);
      if (!hasFields(changes)) onSaved();
      else update.mutate(changes, { onSuccess: onSaved });
    },
  });
  return (
    <Form form={form} className="stack">
      <Field
        label={t.name}
        name="name"
        autoComplete="name"
        defaultValue={user.name}
        error={form.errors.name}
        // Pressed for just now: it takes the focus.
        autoFocus
      />
      <Field
        label={t.email}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={user.email}
        error={form.errors.email}
      />
      <Field
        label={t.account.newPassword}
        name="password"
        type="password"
        autoComplete="new-password"
        hint={t.account.newPasswordHint}
        error={form.errors.password}
      />
      <Field
        label={t.account.currentPassword}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        hint={t.account.currentPasswordHint}
        error={form.errors.currentPassword}
      />
      <div className="cluster">
        <Button type="submit" isBusy={form.isPending}>
          {t.account.update}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t.account.cancel}
        </Button>
      </div>
    </Form>
  );
}
