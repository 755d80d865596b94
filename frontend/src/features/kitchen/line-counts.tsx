import { formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { useNow } from '../../lib/use-now.ts';
import { useLine } from './kitchen.api.ts';
import styles from './kitchen.module.css';

const TICK_MS = 1_000;

/** How many orders are not made yet, and how long the oldest has been one of them. */
export function LineCounts() {
  const t = useStaffTexts('kitchen').counts;
  const { locale } = useLanguage();
  const now = useNow(TICK_MS);
  const { data } = useLine(1);
  if (!data) return null;
  const { making, waiting, oldestPlacedAt } = data;
  const number = new Intl.NumberFormat(locale);
  return (
    <dl className={styles.counts}>
      <div>
        <dd>{number.format(making)}</dd>
        <dt>{t.making}</dt>
      </div>
      <div>
        <dd>{number.format(waiting)}</dd>
        <dt>{t.waiting}</dt>
      </div>
      <div>
        <dd>
          {oldestPlacedAt ? formatDuration(Math.max(0, now - Date.parse(oldestPlacedAt)), locale) : '–'}
        </dd>
        <dt>{oldestPlacedAt ? t.oldest : t.nobody}</dt>
      </div>
    </dl>
  );
}
