import { useState } from 'react';
import { formatClock, formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { useNow } from '../../lib/use-now.ts';
import { Amount } from '../../ui/amount.tsx';
import { Chip } from '../../ui/chip.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { reasonWords } from './machine-words.ts';
import { useQueue } from './operations.api.ts';
import styles from './operations.module.css';
import { OrderAction } from './order-action.tsx';

const TICK_MS = 1_000;

/** The orders that are not made yet, oldest first. */
export function QueueTable() {
  const texts = useStaffTexts('operations');
  const t = texts.queue;
  const { locale } = useLanguage();
  const [page, setPage] = useState(1);
  const now = useNow(TICK_MS);
  const queue = useQueue(page);
  if (queue.isError && !queue.data)
    return <LoadError error={queue.error} onRetry={() => void queue.refetch()} />;
  if (!queue.data)
    return (
      <Skeletons count={3} label={texts.loading} className={styles.rowRest} listClassName={styles.rows} />
    );
  const { orders, more } = queue.data;
  return (
    <div className={styles.rows}>
      {orders.length === 0 ? (
        <Notice tone="good">{t.none}</Notice>
      ) : (
        <DataTable
          label={t.title}
          rows={orders}
          keyOf={({ id }) => id}
          isBusy={queue.isPlaceholderData}
          columns={[
            { title: t.order, cell: ({ id }) => t.number({ id }) },
            { title: t.diner, cell: ({ dinerName }) => dinerName },
            { title: t.store, cell: ({ storeName }) => storeName },
            {
              title: t.state,
              cell: ({ status, reason }) =>
                status === 'making' ? (
                  <Chip tone="ember">{t.making}</Chip>
                ) : (
                  <Chip tone="warm">
                    {reason ? t.waitingBecause({ reason: reasonWords(reason, texts) }) : t.waiting}
                  </Chip>
                ),
            },
            {
              title: t.waited,
              isNumber: true,
              cell: ({ placedAt }) => formatDuration(Math.max(0, now - Date.parse(placedAt)), locale),
            },
            {
              title: t.next,
              isNumber: true,
              cell: ({ nextAttemptAt }) =>
                nextAttemptAt && Date.parse(nextAttemptAt) > now
                  ? formatClock(nextAttemptAt, locale)
                  : t.soon,
            },
            { title: t.total, isNumber: true, cell: ({ total }) => <Amount bitcoin={total} /> },
            {
              title: t.actions,
              cell: ({ id, status }) => status === 'waiting' && <OrderAction orderId={id} change="cancel" />,
            },
          ]}
        />
      )}
      <Pager
        texts={{ ...texts.page, page: texts.page.now({ page }) }}
        hasBack={page > 1}
        hasNext={more}
        onBack={() => setPage(page - 1)}
        onNext={() => setPage(page + 1)}
      />
    </div>
  );
}
