import { classNames } from '../lib/class-names.ts';
import styles from './skeleton.module.css';

/** A resting place of the size of what is on its way. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <div data-skeleton aria-hidden="true" className={classNames(styles.skeleton, className)} />;
}

/** Several of them, with the words a screen reader hears instead. */
export function Skeletons({
  count,
  label,
  className,
  listClassName,
}: {
  count: number;
  label: string;
  className?: string | undefined;
  listClassName?: string | undefined;
}) {
  return (
    <div role="status" className={listClassName}>
      <span className={styles.label}>{label}</span>
      {Array.from({ length: count }, (_, index) => `rest-${index}`).map((key) => (
        <Skeleton key={key} className={className} />
      ))}
    </div>
  );
}
