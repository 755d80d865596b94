import { useRef } from 'react';
import type { MenuItem } from '#contract/menu.ts';
import type { User } from '#contract/users.ts';
import { hasCode, NetworkError } from '../../lib/api-error.ts';
import { describeError, errorTexts } from '../../lib/error-texts.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Cart } from '../cart/cart.ts';
import { checkCart } from './check-cart.ts';
import { usePlaceOrder } from './checkout.api.ts';
import { checkoutTexts } from './checkout.texts.ts';
import { OrderSummary } from './order-summary.tsx';
import styles from './payment.module.css';

export interface CartRemedies {
  remove: (key: string) => void;
  setPrice: (key: string, price: number) => void;
}

interface PaymentProps {
  cart: Cart;
  menu: readonly MenuItem[];
  stores: readonly { storeId: number; isOpen: boolean }[];
  user: User;
  remedies: CartRemedies;
  onPlaced: (orderId: number) => void;
  onCancel: () => void;
}

function usePaymentProblem(error: unknown): string | undefined {
  const t = useTexts(checkoutTexts);
  const errors = useTexts(errorTexts);
  if (!error) return undefined;
  if (error instanceof NetworkError) return t.lostLine;
  const isMarkedBelow =
    hasCode(error, 'price_changed') || hasCode(error, 'item_unavailable') || hasCode(error, 'store_closed');
  if (isMarkedBelow) return undefined;
  return hasCode(error, 'invalid_input') ? t.refused : describeError(error, errors);
}

export function Payment({ cart, menu, stores, user, remedies, onPlaced, onCancel }: PaymentProps) {
  const t = useTexts(checkoutTexts);
  const order = usePlaceOrder();
  // State arrives with the next drawing; a second press can come before it.
  const isUnderWay = useRef(false);
  const checked = checkCart(cart, menu, stores);
  const problem = usePaymentProblem(order.error);

  const pay = () => {
    if (isUnderWay.current || !checked.isPayable || !cart.store) return;
    isUnderWay.current = true;
    order.mutate(
      { dinerId: user.id, store: cart.store, lines: checked.lines },
      {
        onSuccess: onPlaced,
        onSettled: () => {
          isUnderWay.current = false;
        },
      },
    );
  };
  return (
    <div className={styles.payment}>
      <OrderSummary cart={cart} checked={checked} remedies={remedies} />
      <div className={styles.side}>
        <p className={styles.receipt}>
          {t.receipt} <strong>{user.name}</strong>, {user.email}
        </p>
        {!checked.isStoreOpen && (
          <Notice
            tone="bad"
            title={t.storeClosed}
            action={
              <Button look="quiet" onClick={onCancel}>
                {t.toMenu}
              </Button>
            }
          >
            {t.storeClosedFix}
          </Notice>
        )}
        {checked.isStoreOpen && !checked.isPayable && <Notice tone="bad">{t.fixFirst}</Notice>}
        {problem && <Notice tone="bad">{problem}</Notice>}
        <div className={styles.buttons}>
          <Button size="large" onClick={pay} isBusy={order.isPending} disabled={!checked.isPayable}>
            {t.pay}
          </Button>
          <Button size="large" look="quiet" onClick={onCancel}>
            {t.cancel}
          </Button>
        </div>
        <h2 className={styles.how}>{t.howTitle}</h2>
        <ul className={styles.promises}>
          {t.how.map((promise) => (
            <li key={promise}>
              <Icon name="check" />
              {promise}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
