import { classNames } from '../lib/class-names.ts';
import styles from './skeleton.module.css';

interface SkeletonProps {
  height?: string;
  className?: string | undefined;
}

/** A resting place of the size of what is on its way. */
export function Skeleton({ height, className }: SkeletonProps) {
  return (
    <div
      data-skeleton
      aria-hidden="true"
      className={classNames(styles.skeleton, className)}
      style={{ height }}
    />
  );
}

interface SkeletonsProps extends SkeletonProps {
  count: number;
  label: string;
  listClassName?: string | undefined;
}

/** Several of them, with the words a screen reader hears instead. */
export function Skeletons({ count, label, listClassName, ...one }: SkeletonsProps) {
  return (
    <div role="status" className={listClassName}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, index) => `rest-${index}`).map((key) => (
        <Skeleton key={key} {...one} />
      ))}
    </div>
  );
}
