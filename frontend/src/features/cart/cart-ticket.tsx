import { bitcoinFromSatoshi } from '#contract/money.ts';
import { useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { Ticket, TicketRow } from '../../ui/ticket.tsx';
import { cartTotal, countPizzas, MOST_PIZZAS } from './cart.ts';
import { CartLineRow } from './cart-line-row.tsx';
import styles from './cart-ticket.module.css';
import { cartActions, useCart } from './use-cart.ts';

/** The cart as the kitchen will see it: a ticket. */
export function CartTicket({ onCheckout }: { onCheckout: () => void }) {
  const t = useTexts('cart');
  const { cart, leftBehind } = useCart();
  const count = countPizzas(cart);
  return (
    <Ticket>
      <h2 className={styles.title}>{t.title}</h2>
      <p className={styles.store}>
        {cart.store ? `${cart.store.storeName} · ${cart.store.franchiseName}` : t.noStore}
      </p>
      {leftBehind?.store && (
        <p className={styles.behind}>
          <span>{t.behind({ count: countPizzas(leftBehind), store: leftBehind.store.storeName })}</span>
          <Button look="plain" size="small" onClick={() => cartActions.bringAlong(leftBehind)}>
            {t.bring}
          </Button>
        </p>
      )}
      {count === 0 ? (
        <p className={styles.empty}>{t.empty}</p>
      ) : (
        <>
          <ul className={styles.lines}>
            {cart.lines.map((line) => (
              <CartLineRow key={line.key} line={line} isFull={count >= MOST_PIZZAS} />
            ))}
          </ul>
          {count >= MOST_PIZZAS && <p className="small">{t.full({ most: MOST_PIZZAS })}</p>}
          <TicketRow label={t.total} isStrong>
            <Amount bitcoin={bitcoinFromSatoshi(cartTotal(cart))} />
          </TicketRow>
          <Button size="large" className={styles.checkout} onClick={onCheckout}>
            {t.checkout}
          </Button>
          <p className={styles.promise}>{t.promise}</p>
        </>
      )}
    </Ticket>
  );
}
