import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './ticket.module.css';

/** A slip of paper torn off at the foot, as it hangs above the pass. Paper in both themes. */
export function Ticket({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <div className={classNames(styles.shadow, className)}>
      <div className={styles.paper}>{children}</div>
    </div>
  );
}

/** What stands on a ticket, left and right of a dotted leader. */
export function TicketRow({
  label,
  children,
  isStrong = false,
}: {
  label: ReactNode;
  children: ReactNode;
  isStrong?: boolean;
}) {
  return (
    <div className={classNames(styles.row, isStrong && styles.strong)}>
      <span>{label}</span>
      <span className={styles.leader} aria-hidden="true" />
      <span>{children}</span>
    </div>
  );
}
