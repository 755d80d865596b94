import { Navigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { useForm } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Link } from '../../ui/link.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useLogIn, useSession } from './auth.api.ts';
import styles from './auth.module.css';
import { AuthShell } from './auth-shell.tsx';
import { useComeBack } from './come-back.ts';

export function LoginPage() {
  const t = useTexts('auth');
  const comeBack = useComeBack();
  const session = useSession();
  const logIn = useLogIn();
  const form = useForm({
    fields: ['email', 'password'],
    change: logIn,
    required: t.missing,
    refusals: { unknown_user: { form: t.login.refused } },
    marked: t.markedFields,
    onSubmit: (typed) => logIn.mutate(typed),
  });
  if (session.data) return <Navigate to={comeBack.to} replace />;
  return (
    <AuthShell title={t.login.title} lead={t.login.lead} picture="margarita">
      <Form form={form} className={styles.form}>
        {comeBack.isNeeded && !form.problem && <Notice tone="warm">{t.login.needed}</Notice>}
        <Field label={t.email} name="email" type="email" autoComplete="username" error={form.errors.email} />
        <Field
          label={t.password}
          name="password"
          type="password"
          autoComplete="current-password"
          error={form.errors.password}
        />
        <Button type="submit" size="large" isBusy={form.isPending}>
          {t.login.submit}
        </Button>
      </Form>
      <p className={styles.other}>
        {t.login.other}{' '}
        <Link to={paths.register} state={comeBack.state}>
          {t.login.otherLink}
        </Link>
      </p>
    </AuthShell>
  );
}
