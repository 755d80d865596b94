import type { OrderState } from '#contract/order-lifecycle.ts';
import type { Order } from '#contract/orders.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip, type ChipTone } from '../../ui/chip.tsx';
import { Link } from '../../ui/link.tsx';
import { Picture } from '../../ui/picture.tsx';
import styles from './order-card.module.css';

const tones: Record<OrderState, ChipTone> = {
  making: 'ember',
  waiting: 'warm',
  ready: 'good',
  failed: 'bad',
  cancelled: 'plain',
};
const PICTURES_SHOWN = 3;

/** `2 × Veggie, Pepperoni`: each pizza once, in the order it was asked for. */
function summarize(items: Order['items']): string {
  const counts = new Map<string, number>();
  for (const { description } of items) counts.set(description, (counts.get(description) ?? 0) + 1);
  return [...counts].map(([title, count]) => (count > 1 ? `${count} × ${title}` : title)).join(', ');
}

export function OrderCard({
  order,
  imageOf,
  path,
  onAgain,
}: {
  order: Order;
  imageOf: (menuId: number) => string;
  path: string;
  onAgain: () => void;
}) {
  const t = useTexts('orders');
  const { locale } = useLanguage();
  const menuIds = [...new Set(order.items.map((item) => item.menuId))].slice(0, PICTURES_SHOWN);
  const isUncharged = order.status === 'failed' || order.status === 'cancelled';
  const isUnderWay = order.status === 'making' || order.status === 'waiting';
  return (
    <li className={styles.card}>
      <div className={styles.pizzas}>
        {menuIds.map((menuId) => (
          <Picture key={menuId} source={imageOf(menuId)} alt="" sizes="7rem" />
        ))}
      </div>
      <div>
        <h3 className={styles.title}>
          <Link to={path} className={styles.link}>
            {t.delivery.number({ id: order.id })}
          </Link>
          <span className={styles.store}>{order.storeName}</span>
        </h3>
        <p className={styles.items}>{summarize(order.items)}</p>
        <p className="small">
          <time dateTime={order.date}>{formatDateTime(order.date, locale)}</time>
        </p>
      </div>
      <div className={styles.end}>
        <Chip tone={tones[order.status]}>{t.status[order.status]}</Chip>
        <span className={styles.total}>
          {isUncharged ? (
            <span className="small">{t.history.notCharged}</span>
          ) : (
            <Amount bitcoin={order.total} />
          )}
        </span>
        {!isUnderWay && (
          <Button
            look="plain"
            size="small"
            className={styles.again}
            aria-label={t.history.againNamed({ id: order.id })}
            onClick={onAgain}
          >
            {t.history.again}
          </Button>
        )}
      </div>
    </li>
  );
}
