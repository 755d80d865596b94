import type { Order } from '#contract/orders.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Ticket, TicketRow } from '../../ui/ticket.tsx';
import styles from './order-ticket.module.css';

/** What was ordered, line by line. */
export function OrderTicket({ order }: { order: Order }) {
  const t = useTexts('orders').delivery;
  const { locale } = useLanguage();
  const isUnderWay = order.status === 'making' || order.status === 'waiting';
  const isUncharged = order.status === 'failed' || order.status === 'cancelled';
  return (
    <Ticket className={styles.ticket}>
      <h2 className={styles.store}>
        <span>{order.storeName}</span> <small>{order.franchiseName}</small>
      </h2>
      <p className="muted">
        <span>{t.placedAt}</span> <time dateTime={order.date}>{formatDateTime(order.date, locale)}</time>
      </p>
      <ul className={styles.lines}>
        {order.items.map((item) => (
          <li key={item.id}>
            <TicketRow label={item.description}>
              <Amount bitcoin={item.price} />
            </TicketRow>
            {item.note && <p className={styles.note}>{item.note}</p>}
          </li>
        ))}
      </ul>
      <TicketRow label={t.total} isStrong>
        {isUncharged ? (
          <s>
            <Amount bitcoin={order.total} />
          </s>
        ) : (
          <Amount bitcoin={order.total} />
        )}
      </TicketRow>
      {isUncharged && <p className={styles.uncharged}>{t.notCharged}</p>}
      {isUnderWay && <p className={styles.uncharged}>{t.notYetCharged}</p>}
    </Ticket>
  );
}
