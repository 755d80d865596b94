import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { callApi } from '../../lib/api-client.ts';
import { isLineUp } from '../../lib/line.ts';
import { useTexts } from '../../lib/texts.ts';
import styles from './kitchen-status.module.css';

const POLL_MS = 15_000;
// This question is also how we find out that the line is back.
const POLL_WITHOUT_LINE_MS = 3_000;

/** One line under the header, only when the kitchen is in trouble. */
export function KitchenStatus() {
  const { data } = useQuery({
    queryKey: ['kitchen-status'],
    queryFn: ({ signal }) => callApi('GET /api/status', { signal }),
    refetchInterval: () => (isLineUp() ? POLL_MS : POLL_WITHOUT_LINE_MS),
    retry: false,
  });
  const isShown = data !== undefined && data.kitchen !== 'well';
  return (
    <div role="status">
      {isShown && (
        // Its texts come with those of the later pages, for which no page has to wait.
        <Suspense>
          <Trouble isSlow={data.kitchen === 'slow'} waiting={data.waiting} />
        </Suspense>
      )}
    </div>
  );
}

function Trouble({ isSlow, waiting }: { isSlow: boolean; waiting: number }) {
  const t = useTexts('status');
  return (
    <p className={styles.line}>
      {isSlow ? t.slow : t.down}
      {waiting > 0 && ` ${t.waiting({ count: waiting })}`}
    </p>
  );
}
