import { bitcoinFromSatoshi } from '#contract/money.ts';
import { useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { cartTotal, countPizzas } from './cart.ts';
import styles from './cart-bar.module.css';
import { useCart } from './use-cart.ts';

/** On a phone: what is in the cart and the way to pay, always under the thumb. */
export function CartBar({ ticketId, onCheckout }: { ticketId: string; onCheckout: () => void }) {
  const t = useTexts('cart');
  const { cart } = useCart();
  const count = countPizzas(cart);
  if (count === 0) return null;
  return (
    <div className={styles.bar}>
      <a href={`#${ticketId}`} className={styles.sum}>
        <span>{t.count({ count })}</span>
        <Amount bitcoin={bitcoinFromSatoshi(cartTotal(cart))} />
      </a>
      <Button onClick={onCheckout}>{t.checkout}</Button>
    </div>
  );
}
