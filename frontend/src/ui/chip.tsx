import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './chip.module.css';

export type ChipTone = 'plain' | 'good' | 'warm' | 'bad' | 'ember';

export function Chip({ tone = 'plain', children }: { tone?: ChipTone; children: ReactNode }) {
  return <span className={classNames(styles.chip, styles[tone])}>{children}</span>;
}
