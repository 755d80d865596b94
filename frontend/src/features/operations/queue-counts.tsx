import { formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQueue } from './operations.api.ts';
import styles from './operations.module.css';

const TICK_MS = 1_000;

/** How many orders are not made yet, and how long the oldest has been one of them. */
export function QueueCounts() {
  const t = useStaffTexts('operations').counts;
  const { locale } = useLanguage();
  const now = useNow(TICK_MS);
  const { data } = useQueue(1);
  if (!data) return null;
  const { making, waiting, oldestPlacedAt } = data;
  const number = new Intl.NumberFormat(locale);
  return (
    <dl className={styles.counts}>
      <div>
        <dt>{t.making}</dt>
        <dd>{number.format(making)}</dd>
      </div>
      <div>
        <dt>{t.waiting}</dt>
        <dd>{number.format(waiting)}</dd>
      </div>
      <div>
        <dt>{oldestPlacedAt ? t.oldest : t.nobody}</dt>
        <dd>
          {oldestPlacedAt ? formatDuration(Math.max(0, now - Date.parse(oldestPlacedAt)), locale) : '–'}
        </dd>
      </div>
    </dl>
  );
}
