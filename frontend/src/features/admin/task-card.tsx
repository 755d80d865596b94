import { type ReactNode, useEffect, useRef } from 'react';
import styles from './admin.module.css';

/** Stands in place of a list while something of it is worked on. Whoever came here by keyboard begins at its title. */
export function TaskCard({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.task}>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}
