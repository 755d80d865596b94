import { useState } from 'react';
import { formatClock, formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { useNow } from '../../lib/use-now.ts';
import { Amount } from '../../ui/amount.tsx';
import { Chip } from '../../ui/chip.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ListFrame } from '../../ui/list-frame.tsx';
import { reasonWords } from './machine-words.ts';
import { useQueue } from './operations.api.ts';
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
  return (
    <ListFrame
      query={queue}
      isLive
      loading={texts.loading}
      empty={t.none}
      emptyTone="good"
      isEmpty={({ orders }) => orders.length === 0}
      pager={{ page, hasNext: queue.data?.more ?? false, onTurn: setPage }}
    >
      {({ orders }) => (
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
    </ListFrame>
  );
}
