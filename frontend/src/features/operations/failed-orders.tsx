import { useState } from 'react';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Chip } from '../../ui/chip.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ListFrame } from '../../ui/list-frame.tsx';
import { reasonWords } from './machine-words.ts';
import { useFailedOrders } from './operations.api.ts';
import { OrderAction } from './order-action.tsx';

/** The orders that could not be made lately, each of which may be tried again. */
export function FailedOrders() {
  const texts = useStaffTexts('operations');
  const { queue: t, failed } = texts;
  const { locale } = useLanguage();
  const [page, setPage] = useState(1);
  const orders = useFailedOrders(page);
  return (
    <ListFrame
      query={orders}
      isLive
      loading={texts.loading}
      empty={failed.none}
      emptyTone="good"
      isEmpty={(found) => found.orders.length === 0}
      pager={{ page, hasNext: orders.data?.more ?? false, onTurn: setPage }}
    >
      {(found) => (
        <DataTable
          label={failed.title}
          rows={found.orders}
          keyOf={({ id }) => id}
          isBusy={orders.isPlaceholderData}
          columns={[
            { title: t.order, cell: ({ id }) => t.number({ id }) },
            { title: t.diner, cell: ({ dinerName }) => dinerName },
            { title: t.store, cell: ({ storeName }) => storeName },
            {
              title: failed.why,
              cell: ({ reason }) => reason && <Chip tone="bad">{reasonWords(reason, texts)}</Chip>,
            },
            { title: failed.when, cell: ({ failedAt }) => formatDateTime(failedAt, locale) },
            { title: t.total, isNumber: true, cell: ({ total }) => <Amount bitcoin={total} /> },
            { title: t.actions, cell: ({ id }) => <OrderAction orderId={id} change="retry" /> },
          ]}
        />
      )}
    </ListFrame>
  );
}
