import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './notice.module.css';

export type NoticeTone = 'plain' | 'good' | 'warm' | 'bad';

interface NoticeProps {
  tone?: NoticeTone | undefined;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** A message in the page. Trouble is announced at once, anything else when the reader pauses. */
export function Notice({ tone = 'plain', title, children, action }: NoticeProps) {
  return (
    <div role={tone === 'bad' ? 'alert' : 'status'} className={classNames(styles.notice, styles[tone])}>
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
