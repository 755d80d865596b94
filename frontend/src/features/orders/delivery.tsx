import type { ReactNode } from 'react';
import type { Order } from '#contract/orders.ts';
import { formatTime } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/texts.ts';
import { useSpoken } from '../../lib/use-spoken.ts';
import { Notice } from '../../ui/notice.tsx';
import { Picture } from '../../ui/picture.tsx';
import { PageHeading } from '../../ui/section.tsx';
import styles from './delivery.module.css';
import { OrderChanges } from './order-changes.tsx';
import { OrderTicket } from './order-ticket.tsx';
import { Oven } from './oven.tsx';
import { Token } from './token.tsx';
import { Tracker } from './tracker.tsx';

// The queue can move twice a second, and an order that waits is in the oven for an instant at each attempt: a screen
// reader says it at most this often, and the end at once.
const SAY_EVERY_MS = 10_000;

interface DeliveryProps {
  order: Order;
  jwt: string | undefined;
  isConnectionLost: boolean;
  imageOf: (menuId: number) => string;
  /** The ways on, which differ by page. */
  actions: ReactNode;
}

export function Delivery({ order, jwt, isConnectionLost, imageOf, actions }: DeliveryProps) {
  const { delivery: t, reasons } = useTexts('orders');
  const { locale } = useLanguage();
  const isReady = order.status === 'ready';
  const reason = order.reasonCode && reasons[order.reasonCode];
  const place = order.placeInLine === undefined ? '' : t.place({ place: order.placeInLine });
  const isUnderWay = order.status === 'making' || order.status === 'waiting';
  const until = order.givenUpAt && t.givenUpAt({ time: formatTime(order.givenUpAt, locale) });
  const news =
    order.status === 'waiting' ? [reason, t.waitingSafe, until] : order.status === 'failed' ? [reason] : [];
  const shownNews = news.filter((text) => text !== undefined && text !== '');
  // The place is said on its own, or the reason would be read again whenever the queue moves.
  const spokenPlace = useSpoken(place, SAY_EVERY_MS);
  const spokenNews = useSpoken(
    [`${t.titles[order.status]}.`, ...shownNews].join(' '),
    isUnderWay ? SAY_EVERY_MS : 0,
  );
  const image = imageOf(order.items[0]?.menuId ?? 0);
  return (
    <>
      <div className={styles.stage}>
        <div className={styles.words}>
          <PageHeading
            title={t.titles[order.status]}
            eyebrow={t.number({ id: order.id })}
            lead={t.leads[order.status]}
          />
          <Tracker status={order.status} />
          <div className={styles.news}>
            {place !== '' && (
              <p className={styles.place} aria-hidden="true">
                {place}
              </p>
            )}
            {shownNews.map((text) => (
              <p key={text}>{text}</p>
            ))}
            {/* Live regions never leave the page, so that every change is read out. */}
            <p role="status" className="visually-hidden">
              {spokenPlace}
            </p>
            <p role="status" className="visually-hidden">
              {spokenNews}
            </p>
          </div>
          {isConnectionLost && <Notice tone="warm">{t.connectionLost}</Notice>}
          <div className="cluster">
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
