import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './facts.module.css';

interface FactsProps {
  facts: readonly (readonly [name: string, value: ReactNode])[];
  /** Words are small, figures are not. */
  size?: 'small' | 'medium' | 'large';
  className?: string | undefined;
}

/** Names with what there is to say of each, side by side as far as there is room. */
export function Facts({ facts, size = 'small', className }: FactsProps) {
  return (
    <dl className={classNames(styles.facts, styles[size], className)}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
