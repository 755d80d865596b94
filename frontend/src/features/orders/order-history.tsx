import { useState } from 'react';
import type { Order } from '#contract/orders.ts';
import { useTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { OrderCard } from './order-card.tsx';
import styles from './order-history.module.css';
import { useOrders } from './orders.api.ts';

interface OrderHistoryProps {
  imageOf: (menuId: number) => string;
  pathOf: (order: Order) => string;
  menuPath: string;
  onAgain: (order: Order) => void;
}

/** One's own orders, newest first, a page at a time. */
export function OrderHistory({ imageOf, pathOf, menuPath, onAgain }: OrderHistoryProps) {
  const t = useTexts('orders').history;
  const [page, setPage] = useState(1);
  const orders = useOrders(page);
  if (orders.isError) return <LoadError error={orders.error} onRetry={() => void orders.refetch()} />;
  if (!orders.data)
    return <Skeletons count={3} label={t.loading} className={styles.rest} listClassName={styles.list} />;
  if (page === 1 && orders.data.orders.length === 0) {
    return (
      <Notice title={t.emptyTitle} action={<ButtonLink to={menuPath}>{t.toMenu}</ButtonLink>}>
        {t.empty}
      </Notice>
    );
  }
  return (
    <div className={styles.history}>
      <ul className={styles.list} aria-busy={orders.isPlaceholderData}>
        {orders.data.orders.map((order) => (
          <OrderCard
            key={order.id}
            order={order}
            imageOf={imageOf}
            path={pathOf(order)}
            onAgain={() => onAgain(order)}
          />
        ))}
      </ul>
      <Pager
        texts={{ back: t.newer, next: t.older, page: t.page({ page }) }}
        hasBack={page > 1}
        hasNext={orders.data.more}
        onBack={() => setPage(page - 1)}
        onNext={() => setPage(page + 1)}
      />
    </div>
  );
}
