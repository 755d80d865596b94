import { Navigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { useForm } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Link } from '../../ui/link.tsx';
import { useRegister, useSession } from './auth.api.ts';
import styles from './auth.module.css';
import { AuthShell } from './auth-shell.tsx';
import { useComeBack } from './come-back.ts';

export function RegisterPage() {
  const t = useTexts('auth');
  const comeBack = useComeBack();
  const session = useSession();
  const register = useRegister();
  const form = useForm({
    fields: ['name', 'email', 'password'],
    change: register,
    required: t.missing,
    refusals: { email_taken: { email: t.register.taken } },
    marked: t.markedFields,
    onSubmit: (typed) => register.mutate(typed),
  });
  if (session.data) return <Navigate to={comeBack.to} replace />;
  return (
    <AuthShell title={t.register.title} lead={t.register.lead} picture="rucola">
      <Form form={form} className={styles.form}>
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
        <Button type="submit" size="large" isBusy={form.isPending}>
          {t.register.submit}
        </Button>
      </Form>
      <p className={styles.other}>
        {t.register.other}{' '}
        <Link to={paths.login} state={comeBack.state}>
          {t.register.otherLink}
        </Link>
      </p>
    </AuthShell>
  );
}
