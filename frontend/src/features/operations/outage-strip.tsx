import { classNames } from '../../lib/class-names.ts';
import { formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import styles from './drill.module.css';
import type { DrillRun } from './drill-score.tsx';

const LEAST_MS = 1_000;
const MOST_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;

/** Where a time stands between a second and eight hours, each tenfold as wide as the last. */
function placeOnStrip(ms: number): number {
  const bounded = Math.min(MOST_MS, Math.max(LEAST_MS, ms));
  return (100 * Math.log(bounded / LEAST_MS)) / Math.log(MOST_MS / LEAST_MS);
}

interface OutageStripProps {
  run: DrillRun | undefined;
  outages: { restored: { best: number; median: number; worst: number } };
}

/** The times until pizzas came again, on one line. For the eye only; the table below it says the same. */
export function OutageStrip({ run, outages: { restored } }: OutageStripProps) {
  const t = useStaffTexts('drill');
  const { locale } = useLanguage();
  const marks = [
    { name: t.best, ms: restored.best * MINUTE_MS },
    { name: t.median, ms: restored.median * MINUTE_MS },
    { name: t.worst, ms: restored.worst * MINUTE_MS },
  ];
  const own = run?.restoredAfterMs ?? null;
  return (
    <div className={styles.strip} aria-hidden="true" title={t.strip}>
      <div className={styles.track}>
        {marks.map(({ name, ms }) => (
          <span key={name} className={styles.tick} style={{ insetInlineStart: `${placeOnStrip(ms)}%` }}>
            {formatDuration(ms, locale)}
          </span>
        ))}
        {own !== null && (
          <span
            className={classNames(styles.tick, styles.own)}
            style={{ insetInlineStart: `${placeOnStrip(own)}%` }}
          >
            {formatDuration(own, locale)}
          </span>
        )}
      </div>
    </div>
  );
}
