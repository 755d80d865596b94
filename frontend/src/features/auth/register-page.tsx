import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { useForm } from '../../lib/use-form.ts';
import { Field } from '../../ui/field.tsx';
import { useRegister } from './auth.api.ts';
import { AuthShell } from './auth-shell.tsx';

export function RegisterPage() {
  const t = useTexts('auth');
  const register = useRegister();
  const form = useForm({
    fields: ['name', 'email', 'password'],
    change: register,
    required: t.missing,
    refusals: { email_taken: { email: t.register.taken } },
    marked: t.markedFields,
    onSubmit: (typed) => register.mutate(typed),
  });
  return (
    <AuthShell name="register" picture="rucola" form={form} otherPath={paths.login}>
      <Field label={t.name} name="name" autoComplete="name" error={form.errors.name} />
      <Field label={t.email} name="email" type="email" autoComplete="username" error={form.errors.email} />
      <Field
        label={t.password}
        name="password"
        type="password"
        autoComplete="new-password"
        hint={t.passwordHint}
        error={form.errors.password}
      />
    </AuthShell>
  );
}
