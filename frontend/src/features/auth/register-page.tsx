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
import { useRegister, useSession } from './auth.api.ts';
import styles from './auth.module.css';
import { AuthShell } from './auth-shell.tsx';
import { useComeBack } from './come-back.ts';
import { useFormCheck } from './form-check.ts';

export function RegisterPage() {
  const t = useTexts('auth');
  const errors = useTexts('errors');
  const comeBack = useComeBack();
  const session = useSession();
  const register = useRegister();
  const check = useFormCheck(['name', 'email', 'password'] as const, t.missing);
  if (session.data) return <Navigate to={comeBack.to} replace />;

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = check.read(event.currentTarget);
    if (values && !register.isPending) register.mutate(values);
  };
  const isTaken = hasCode(register.error, 'email_taken');
  const fieldErrors: Partial<Record<string, string>> = {
    ...fieldErrorsOf(register.error, errors),
    ...(isTaken && { email: t.register.taken }),
    ...check.missing,
  };
  const isMarked = isTaken || hasCode(register.error, 'invalid_input');
  const problem = isMarked ? t.markedFields : register.error && describeError(register.error, errors);
  return (
    <AuthShell title={t.register.title} lead={t.register.lead} picture="rucola">
      <form noValidate className={styles.form} onSubmit={submit}>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <Field label={t.name} name="name" autoComplete="name" error={fieldErrors.name} />
        <Field label={t.email} name="email" type="email" autoComplete="username" error={fieldErrors.email} />
        <Field
          label={t.password}
          name="password"
          type="password"
          autoComplete="new-password"
          hint={t.passwordHint}
          error={fieldErrors.password}
        />
        <Button type="submit" size="large" isBusy={register.isPending}>
          {t.register.submit}
        </Button>
      </form>
      <p className={styles.other}>
        {t.register.other}{' '}
        <Link to={paths.login} state={comeBack.state}>
          {t.register.otherLink}
        </Link>
      </p>
    </AuthShell>
  );
}
