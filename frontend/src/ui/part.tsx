import type { ReactNode } from 'react';
import styles from './part.module.css';

interface PartProps {
  id: string;
  title: string;
  lead?: string | undefined;
  children: ReactNode;
}

/** One of the parts of a long page, under a title of its own. */
export function Part({ id, title, lead, children }: PartProps) {
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}
