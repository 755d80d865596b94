import { useState } from 'react';
import type { Order } from '#contract/orders.ts';
import { useTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { OrderCard } from './order-card.tsx';
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
  if (orders.isError) return <LoadError query={orders} />;
  if (!orders.data) return <Skeletons count={3} label={t.loading} height="7.5rem" listClassName="stack" />;
  if (page === 1 && orders.data.orders.length === 0) {
    return (
      <Notice title={t.emptyTitle} action={<ButtonLink to={menuPath}>{t.toMenu}</ButtonLink>}>
        {t.empty}
      </Notice>
    );
  }
  return (
    <div className="stack">
      <ul className="stack" aria-busy={orders.isPlaceholderData}>
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
      <Pager page={page} hasNext={orders.data.more} onTurn={setPage} />
    </div>
  );
}
