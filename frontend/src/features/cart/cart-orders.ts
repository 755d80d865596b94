import { type Cart, type CartLine, orderKeyOf, type SentOrder, withoutPaid } from './cart.ts';
import type { CartShelf, PaidCart } from './cart-shelf.ts';

/** An order as it is to be sent: under the cart's key, with what was sent under it before; the newest last. */
export interface OrderToSend {
  orderKey: string;
  sent: readonly SentOrder[];
}

// A diner who changes a cart more often than this while nobody answers is a test.
const MOST_SENT = 8;

// The prices of a cart may be older than those agreed to.
const contentOf = (lines: readonly CartLine[]) =>
  JSON.stringify(lines.map(({ key, menuId, quantity, note }) => [key, menuId, quantity, note]));

const keyed = (shelf: CartShelf, orderKey: string, change: (cart: Cart) => Cart): CartShelf => ({
  ...shelf,
  carts: shelf.carts.map((cart) => (orderKeyOf(cart) === orderKey ? change(cart) : cart)),
});

/**
 * Notes that an order is about to be sent, so that any tab can find out what became of it. Answers nothing when the cart
 * is not what the diner saw: another tab has changed it, or paid for it.
 */
export function beginOrder(
  shelf: CartShelf,
  order: SentOrder,
  now: number,
): { shelf: CartShelf; order: OrderToSend } | undefined {
  const cart = shelf.carts.find(({ store }) => store?.storeId === order.store.storeId);
  const orderKey = cart && orderKeyOf(cart);
  if (!orderKey || contentOf(cart.lines) !== contentOf(order.lines)) return undefined;
  const before = (cart.attempt?.sent ?? []).filter((one) => JSON.stringify(one) !== JSON.stringify(order));
  const sent = [...before, order].slice(-MOST_SENT);
  const begun = keyed(shelf, orderKey, (one) => ({ ...one, orderKey, attempt: { sent, since: now } }));
  return { shelf: begun, order: { orderKey, sent } };
}

/** Nobody waits for its answer now; what was sent may still have arrived. */
export function endWait(shelf: CartShelf, orderKey: string): CartShelf {
  return keyed(shelf, orderKey, (cart) =>
    cart.attempt ? { ...cart, attempt: { ...cart.attempt, since: null } } : cart,
  );
}

/** Nothing that was sent has arrived, or ever will. */
export function forgetAttempt(shelf: CartShelf, orderKey: string, newKey?: string): CartShelf {
  return keyed(shelf, orderKey, ({ attempt: _, ...cart }) => ({ ...cart, orderKey: newKey ?? orderKey }));
}

/** Takes what was paid for out of its cart, whichever is the current one by now. What is left is another order. */
export function takePaid(
  shelf: CartShelf,
  { lines, ...paid }: PaidCart & { lines: readonly CartLine[] },
  newKey: string,
): CartShelf {
  const taken = keyed(shelf, paid.orderKey, ({ attempt: _, orderKey: _key, ...cart }) => {
    const left = withoutPaid(cart.lines, lines);
    return { ...cart, lines: left, ...(left.length > 0 && { orderKey: newKey }) };
  });
  return { ...taken, paid };
}

/** Orders whose answer was on its way when nobody was there any more to hear it, not long ago. */
export function unanswered(shelf: CartShelf, notBefore: number): OrderToSend[] {
  return shelf.carts.flatMap(({ orderKey, attempt }) =>
    orderKey && attempt && attempt.since !== null && attempt.since >= notBefore
      ? [{ orderKey, sent: attempt.sent }]
      : [],
  );
}
