import { type ReactNode, useRef } from 'react';
import type { User } from '#contract/users.ts';
import { hasCode } from '../../lib/api-error.ts';
import { describeError } from '../../lib/error-texts.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Cart, SentOrder } from '../cart/cart.ts';
import { checkCart, type Quote } from './check-cart.ts';
import { isInDoubt, type OrderInput, type OrderOutcomes, usePlaceOrder } from './checkout.api.ts';
import { OrderSummary } from './order-summary.tsx';
import styles from './payment.module.css';

export interface CartRemedies {
  remove: (key: string) => void;
  setPrice: (key: string, price: number) => void;
}

interface PaymentProps {
  cart: Cart;
  quote: Quote;
  user: User;
  remedies: CartRemedies;
  /** Lets another store be chosen, for a cart whose own is closed. */
  otherStore: ReactNode;
  /** How many pizzas of an order asked for again found no room in this one. */
  leftOut: number;
  /** Notes that this is about to be sent; nothing when another tab has changed the cart or paid for it. */
  onBegin: (order: SentOrder) => Pick<OrderInput, 'orderKey' | 'sent'> | undefined;
  outcomes: OrderOutcomes;
  onCancel: () => void;
}

function usePaymentProblem(error: unknown): string | undefined {
  const t = useTexts('checkout');
  const errors = useTexts('errors');
  if (!error) return undefined;
  const isMarkedBelow =
    hasCode(error, 'price_changed') || hasCode(error, 'item_unavailable') || hasCode(error, 'store_closed');
  if (isMarkedBelow) return undefined;
  return hasCode(error, 'invalid_input') ? t.refused : describeError(error, errors);
}

export function Payment(props: PaymentProps) {
  const { cart, quote, user, remedies, otherStore, leftOut, onBegin, outcomes, onCancel } = props;
  const t = useTexts('checkout');
  const order = usePlaceOrder(outcomes);
  // State arrives with the next drawing; a second press can come before it.
  const isUnderWay = useRef(false);
  const takeBack = useRef(new AbortController());
  const checked = checkCart(cart, quote);
  const problem = usePaymentProblem(order.error);
  const isHeld = order.isPending && isInDoubt(order.failureReason);

  const pay = () => {
    if (isUnderWay.current || !checked.isPayable || !cart.store) return;
    const begun = onBegin({
      store: cart.store,
      lines: checked.lines.map(({ line, price }) => ({ ...line, price })),
    });
    if (!begun) return;
    isUnderWay.current = true;
    order.mutate(
      { ...begun, dinerId: user.id, signal: takeBack.current.signal },
      {
        onSettled: () => {
          isUnderWay.current = false;
        },
      },
    );
  };
  const cancel = () => {
    takeBack.current.abort();
    onCancel();
  };
  return (
    <div className={styles.payment}>
      <OrderSummary cart={cart} checked={checked} remedies={remedies} />
      <div className={styles.side}>
        <p className={styles.receipt}>
          <span>{t.receipt}</span> <strong>{user.name}</strong>
          <span>{`, ${user.email}`}</span>
        </p>
        {!checked.isStoreOpen && (
          <Notice tone="bad" title={t.storeClosed}>
            {t.storeClosedFix}
          </Notice>
        )}
        {!checked.isStoreOpen && otherStore}
        {leftOut > 0 && <Notice tone="warm">{t.leftOut({ count: leftOut })}</Notice>}
        {checked.isStoreOpen && !checked.isPayable && <Notice tone="bad">{t.fixFirst}</Notice>}
        {problem && <Notice tone="bad">{problem}</Notice>}
        {isHeld && (
          <Notice tone="warm" title={t.held}>
            {t.connectionLost}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button size="large" onClick={pay} isBusy={order.isPending} disabled={!checked.isPayable}>
            {t.pay}
          </Button>
          <Button size="large" look="quiet" onClick={cancel}>
            {t.cancel}
          </Button>
        </div>
        <h2 className={styles.how}>{t.howTitle}</h2>
        <ul className={styles.promises}>
          {t.how.map((promise) => (
            <li key={promise}>
              <Icon name="check" />
              <span>{promise}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
