import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useTexts } from '../../lib/texts.ts';
import type { FormState } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { Link } from '../../ui/link.tsx';
import { Picture } from '../../ui/picture.tsx';
import { PageHeading } from '../../ui/section.tsx';
import styles from './auth.module.css';
import { useComeBack } from './come-back.ts';
import { useSession } from './session.ts';

interface AuthShellProps {
  name: 'login' | 'register';
  picture: string;
  form: FormState;
  /** The other form, for whoever wanted that one. */
  otherPath: string;
  /** The fields. */
  children: ReactNode;
}

/** The table a form is laid on, with a pizza reaching in from the side. Who is logged in goes where they came from. */
export function AuthShell({ name, picture, form, otherPath, children }: AuthShellProps) {
  const t = useTexts('auth')[name];
  const comeBack = useComeBack();
  const session = useSession();
  const { pathname } = useLocation();
  // While the code of the next page is on its way this one is still drawn, though its reader has left it.
  const isLeft = window.location.pathname !== pathname;
  if (session.data && !isLeft) return <Navigate to={comeBack.to} replace />;
  return (
    <div className={styles.shell}>
      <div className={styles.inner}>
        <PageHeading title={t.title} lead={t.lead} />
        <Form form={form} className={styles.form}>
          {children}
          <Button type="submit" size="large" isBusy={form.isPending}>
            {t.submit}
          </Button>
        </Form>
        <p className={styles.other}>
          <span>{t.other}</span>{' '}
          <Link to={otherPath} state={comeBack.state}>
            {t.otherLink}
          </Link>
        </p>
      </div>
      <div className={styles.pizza}>
        <Picture source={`/pictures/${picture}.webp`} alt="" sizes="(min-width: 60rem) 52rem, 1px" />
      </div>
    </div>
  );
}
