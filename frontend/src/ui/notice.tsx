import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './notice.module.css';

interface NoticeProps {
  tone?: 'plain' | 'good' | 'warm' | 'bad';
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string | undefined;
}

/** A message in the page. Trouble is announced at once, anything else when the reader pauses. */
export function Notice({ tone = 'plain', title, children, action, className }: NoticeProps) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames(styles.notice, styles[tone], className)}
    >
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
