import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { User } from '#contract/users.ts';
import { paths } from '../../app/paths.ts';
import { LoadError } from '../../ui/load-error.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './auth.module.css';
import { useSession } from './session.ts';

/** Shows its children to whoever is logged in; sends a guest to log in, and back. */
export function RequireSession({ children }: { children: (user: User) => ReactNode }) {
  const session = useSession();
  const location = useLocation();
  if (session.data) return children(session.data);
  if (session.data === null)
    return <Navigate to={paths.login} replace state={{ from: location, isNeeded: true }} />;
  return (
    <Section className={styles.resting}>
      {session.isError ? <LoadError query={session} /> : <Skeleton height="20rem" />}
    </Section>
  );
}
