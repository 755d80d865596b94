import { formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { useNow } from '../../lib/use-now.ts';
import { Facts } from '../../ui/facts.tsx';
import { useQueue } from './operations.api.ts';

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
    <Facts
      size="large"
      facts={[
        [t.making, number.format(making)],
        [t.waiting, number.format(waiting)],
        [
          oldestPlacedAt ? t.oldest : t.nobody,
          oldestPlacedAt ? formatDuration(Math.max(0, now - Date.parse(oldestPlacedAt)), locale) : '–',
        ],
      ]}
    />
  );
}
