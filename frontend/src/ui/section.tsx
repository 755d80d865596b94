import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './section.module.css';

/** The page's column: one width and one gutter for everything. */
export function Section({
  children,
  className,
  isNarrow = false,
}: {
  children: ReactNode;
  className?: string | undefined;
  isNarrow?: boolean;
}) {
  return (
    <section className={classNames(styles.section, isNarrow && styles.narrow, className)}>{children}</section>
  );
}

/** A page's title with its opening words. The browser tab takes the title too. */
export function PageHeading({ title, lead, eyebrow }: { title: string; lead?: ReactNode; eyebrow?: string }) {
  return (
    <header className={styles.heading}>
      <title>{`${title} · JWT Pizza`}</title>
      {eyebrow && <p className={styles.eyebrow}>{eyebrow}</p>}
      <h1>{title}</h1>
      {lead && <p className={styles.lead}>{lead}</p>}
    </header>
  );
}
