import { useState } from 'react';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Chip } from '../../ui/chip.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { reasonWords } from './machine-words.ts';
import { useFailedOrders } from './operations.api.ts';
import styles from './operations.module.css';
import { OrderAction } from './order-action.tsx';

/** The orders that could not be made lately, each of which may be tried again. */
export function FailedOrders() {
  const texts = useStaffTexts('operations');
  const { queue: t, failed } = texts;
  const { locale } = useLanguage();
  const [page, setPage] = useState(1);
  const orders = useFailedOrders(page);
  if (orders.isError && !orders.data)
    return <LoadError error={orders.error} onRetry={() => void orders.refetch()} />;
  if (!orders.data)
    return (
      <Skeletons count={2} label={texts.loading} className={styles.rowRest} listClassName={styles.rows} />
    );
  return (
    <div className={styles.rows}>
      {orders.data.orders.length === 0 ? (
        <Notice tone="good">{failed.none}</Notice>
      ) : (
        <DataTable
          label={failed.title}
          rows={orders.data.orders}
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
      <Pager
        texts={{ ...texts.page, page: texts.page.now({ page }) }}
        hasBack={page > 1}
        hasNext={orders.data.more}
        onBack={() => setPage(page - 1)}
        onNext={() => setPage(page + 1)}
      />
    </div>
  );
}
