import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { useForm } from '../../lib/use-form.ts';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useLogIn } from './auth.api.ts';
import { AuthShell } from './auth-shell.tsx';
import { useComeBack } from './come-back.ts';
import { mayHaveSession } from './session.ts';

export function LoginPage() {
  const t = useTexts('auth');
  const { isNeeded } = useComeBack();
  const logIn = useLogIn();
  const form = useForm({
    fields: ['email', 'password'],
    change: logIn,
    required: t.missing,
    refusals: { unknown_user: { form: t.login.refused } },
    marked: t.markedFields,
    onSubmit: (typed) => logIn.mutate(typed),
  });
  return (
    <AuthShell name="login" picture="margarita" form={form} otherPath={paths.register}>
      {isNeeded && !form.problem && (
        <Notice tone="warm" {...(mayHaveSession() && { title: t.session.ended })}>
          {t.login.needed}
        </Notice>
      )}
      <Field label={t.email} name="email" type="email" autoComplete="username" error={form.errors.email} />
      <Field
        label={t.password}
        name="password"
        type="password"
        autoComplete="current-password"
        error={form.errors.password}
      />
    </AuthShell>
  );
}
