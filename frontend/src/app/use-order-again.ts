import { useNavigate } from 'react-router';
import type { Order } from '#contract/orders.ts';
import type { CartLine } from '../features/cart/cart.ts';
import { cartActions } from '../features/cart/use-cart.ts';
import { paths } from './paths.ts';

type Line = Omit<CartLine, 'key'>;

function linesOf({ items }: Order, imageOf: (menuId: number) => string): Line[] {
  const lines = new Map<string, Line>();
  for (const { menuId, description, price, note = '' } of items) {
    const name = JSON.stringify([menuId, price, note]);
    const known = lines.get(name);
    if (known) known.quantity += 1;
    else lines.set(name, { menuId, title: description, image: imageOf(menuId), price, quantity: 1, note });
  }
  return [...lines.values()];
}

/**
 * Puts an order of the past into the cart of its store, at the prices it had, and goes to the payment: that page
 * compares every cart with today and marks what is gone or dearer.
 */
export function useOrderAgain(imageOf: (menuId: number) => string): (order: Order) => void {
  const navigate = useNavigate();
  return (order) => {
    const { franchiseId, franchiseName, storeId, storeName } = order;
    const store = { franchiseId, franchiseName, storeId, storeName };
    const leftOut = cartActions.addLines(store, linesOf(order, imageOf));
    void navigate(paths.payment, { state: { leftOut } });
  };
}
