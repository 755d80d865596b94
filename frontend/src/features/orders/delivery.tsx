import type { ReactNode } from 'react';
import type { Order } from '#contract/orders.ts';
import { useTexts } from '../../lib/texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { Picture } from '../../ui/picture.tsx';
import { PageHeading } from '../../ui/section.tsx';
import styles from './delivery.module.css';
import { OrderChanges } from './order-changes.tsx';
import { OrderTicket } from './order-ticket.tsx';
import { ordersTexts } from './orders.texts.ts';
import { Oven } from './oven.tsx';
import { Token } from './token.tsx';
import { Tracker } from './tracker.tsx';

interface DeliveryProps {
  order: Order;
  jwt: string | undefined;
  isLineLost: boolean;
  imageOf: (menuId: number) => string;
  /** The ways on, which differ by page. */
  actions: ReactNode;
}

export function Delivery({ order, jwt, isLineLost, imageOf, actions }: DeliveryProps) {
  const t = useTexts(ordersTexts).delivery;
  const isReady = order.status === 'ready';
  const image = imageOf(order.items[0]?.menuId ?? 0);
  return (
    <>
      <div className={styles.stage}>
        <div className={styles.words}>
          <PageHeading
            title={t.titles[order.status]}
            eyebrow={t.number(order.id)}
            lead={t.leads[order.status]}
          />
          <Tracker status={order.status} />
          {/* One live region that never leaves the page, so that every change is read out. */}
          <div role="status" className={styles.news}>
            <span className={styles.hidden}>{t.titles[order.status]}</span>
            {order.status === 'waiting' && (
              <>
                {order.placeInLine !== undefined && (
                  <p className={styles.place}>{t.place(order.placeInLine)}</p>
                )}
                {order.reason && <p>{order.reason}</p>}
                <p>{t.waitingSafe}</p>
              </>
            )}
            {order.status === 'failed' && order.reason && <p>{order.reason}</p>}
          </div>
          {isLineLost && <Notice tone="warm">{t.lostLine}</Notice>}
          <div className={styles.actions}>
            <OrderChanges order={order} />
            {actions}
          </div>
        </div>
        <div className={styles.scene}>
          {isReady ? (
            <div className={styles.served}>
              <Picture source={image} alt="" sizes="(min-width: 60rem) 42rem, 100vw" isFirst />
            </div>
          ) : (
            <Oven status={order.status} image={image} />
          )}
        </div>
      </div>
      <div className={styles.below}>
        {isReady && jwt !== undefined && <Token jwt={jwt} orderId={order.id} />}
        <OrderTicket order={order} />
      </div>
    </>
  );
}
