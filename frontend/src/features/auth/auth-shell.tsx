import type { ReactNode } from 'react';
import { Picture } from '../../ui/picture.tsx';
import { PageHeading } from '../../ui/section.tsx';
import styles from './auth.module.css';

/** The table a form is laid on, with a pizza reaching in from the side. */
export function AuthShell({
  title,
  lead,
  picture,
  children,
}: {
  title: string;
  lead: string;
  picture: string;
  children: ReactNode;
}) {
  return (
    <div className={styles.shell}>
      <div className={styles.inner}>
        <PageHeading title={title} lead={lead} />
        {children}
      </div>
      <div className={styles.pizza}>
        <Picture source={`/pictures/${picture}.webp`} alt="" sizes="(min-width: 60rem) 52rem, 1px" />
      </div>
    </div>
  );
}
