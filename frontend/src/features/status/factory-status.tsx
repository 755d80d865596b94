import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { callApi } from '../../lib/api-client.ts';
import { isServiceReachable } from '../../lib/connectivity.ts';
import { useTexts } from '../../lib/texts.ts';

const POLL_MS = 15_000;
// This question is also how we find out that the connection is back.
const POLL_UNREACHABLE_MS = 3_000;

/** One sentence under the header, only when the factory is in trouble. */
export function FactoryStatus() {
  const { data } = useQuery({
    queryKey: ['factory-status'],
    queryFn: ({ signal }) => callApi('GET /api/status', { signal }),
    refetchInterval: () => (isServiceReachable() ? POLL_MS : POLL_UNREACHABLE_MS),
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
    <p className="banner">
      <span>{isSlow ? t.slow : t.down}</span> {waiting > 0 && <span>{t.waiting({ count: waiting })}</span>}
    </p>
  );
}
