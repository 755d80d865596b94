import type { SubmitEvent } from 'react';
import { Navigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { hasCode } from '../../lib/api-error.ts';
import { describeError, fieldErrorsOf } from '../../lib/error-texts.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Link } from '../../ui/link.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useLogIn, useSession } from './auth.api.ts';
import styles from './auth.module.css';
import { AuthShell } from './auth-shell.tsx';
import { useComeBack } from './come-back.ts';
import { useFormCheck } from './form-check.ts';

export function LoginPage() {
  const t = useTexts('auth');
  const errors = useTexts('errors');
  const comeBack = useComeBack();
  const session = useSession();
  const logIn = useLogIn();
  const check = useFormCheck(['email', 'password'] as const, t.missing);
  if (session.data) return <Navigate to={comeBack.to} replace />;

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = check.read(event.currentTarget);
    if (values && !logIn.isPending) logIn.mutate(values);
  };
  const fieldErrors = { ...fieldErrorsOf(logIn.error, errors), ...check.missing };
  const problem = hasCode(logIn.error, 'unknown_user')
    ? t.login.refused
    : hasCode(logIn.error, 'invalid_input')
      ? t.markedFields
      : logIn.error && describeError(logIn.error, errors);
  return (
    <AuthShell title={t.login.title} lead={t.login.lead} picture="margarita">
      <form noValidate className={styles.form} onSubmit={submit}>
        {comeBack.isNeeded && !problem && <Notice tone="warm">{t.login.needed}</Notice>}
        {problem && <Notice tone="bad">{problem}</Notice>}
        <Field label={t.email} name="email" type="email" autoComplete="username" error={fieldErrors.email} />
        <Field
          label={t.password}
          name="password"
          type="password"
          autoComplete="current-password"
          error={fieldErrors.password}
        />
        <Button type="submit" size="large" isBusy={logIn.isPending}>
          {t.login.submit}
        </Button>
      </form>
      <p className={styles.other}>
        {t.login.other}{' '}
        <Link to={paths.register} state={comeBack.state}>
          {t.login.otherLink}
        </Link>
      </p>
    </AuthShell>
  );
}
