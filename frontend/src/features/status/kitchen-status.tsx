import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../lib/api-client.ts';
import { type Texts, useTexts } from '../../lib/texts.ts';
import styles from './kitchen-status.module.css';

const POLL_MS = 15_000;

interface StatusTexts {
  slow: string;
  down: string;
  waiting: (count: number) => string;
}

export const statusTexts: Texts<StatusTexts> = {
  en: {
    slow: 'The oven takes its time today. Orders are safe and get made, just slower.',
    down: 'The factory is not answering. Order anyway: we keep your place and bake as soon as it is back.',
    waiting: (count) =>
      count === 0 ? '' : count === 1 ? ' One order is in the line.' : ` ${count} orders are in the line.`,
  },
};

/** One line under the header, only when the kitchen is in trouble. */
export function KitchenStatus() {
  const t = useTexts(statusTexts);
  const { data } = useQuery({
    queryKey: ['kitchen-status'],
    queryFn: ({ signal }) => callApi('GET /api/status', { signal }),
    refetchInterval: POLL_MS,
  });
  const isShown = data !== undefined && data.kitchen !== 'well';
  return (
    <div role="status">
      {isShown && (
        <p className={styles.line}>
          {data.kitchen === 'slow' ? t.slow : t.down}
          {t.waiting(data.waiting)}
        </p>
      )}
    </div>
  );
}
