import type { MenuItem } from '#contract/menu.ts';
import { type Satoshi, sumSatoshi, toSatoshi } from '#contract/money.ts';
import { satoshiOf } from '../../lib/format.ts';

/** As many as one order may hold; the contract's MAX_PIZZAS_PER_ORDER, held equal by a test. */
export const MOST_PIZZAS = 20;
export const LONGEST_NOTE = 140;

export interface CartStore {
  franchiseId: number;
  franchiseName: string;
  storeId: number;
  storeName: string;
}

export interface CartLine {
  key: string;
  menuId: number;
  title: string;
  image: string;
  /** In ₿: what the diner saw and agreed to. */
  price: number;
  quantity: number;
  note: string;
}

/** An order of this cart that was sent: what it held, at the prices that were agreed to. */
export interface SentOrder {
  store: CartStore;
  lines: CartLine[];
}

/** Orders of this cart that were sent under its key, while nobody knows whether one of them arrived. */
interface Attempt {
  /** The newest last. */
  sent: SentOrder[];
  /** Since when an answer is awaited; null when it is awaited no longer. */
  since: number | null;
}

export interface Cart {
  store: CartStore | null;
  lines: CartLine[];
  /** See `orderKeyOf`. */
  orderKey?: string;
  attempt?: Attempt;
}

export const EMPTY_CART: Cart = { store: null, lines: [] };

/**
 * The key a cart's order is placed under, the same in every tab and until it is paid for: one cart is one order however
 * often and from wherever it is sent. The key of its first line, which is nobody else's, unless it was given another.
 */
export function orderKeyOf({ orderKey, lines }: Cart): string | undefined {
  return orderKey ?? lines[0]?.key;
}

export function countPizzas(cart: Cart): number {
  return cart.lines.reduce((sum, line) => sum + line.quantity, 0);
}

export function lineTotal(line: CartLine): Satoshi {
  return toSatoshi(satoshiOf(line.price) * line.quantity);
}

export function cartTotal(cart: Cart): Satoshi {
  return sumSatoshi(cart.lines.map(lineTotal));
}

/** Puts one more of a pizza into the cart: on the line without a note, or on a new one. A full cart stays as it is. */
export function addPizza(cart: Cart, pizza: MenuItem, newKey: string): Cart {
  if (countPizzas(cart) >= MOST_PIZZAS) return cart;
  const plain = cart.lines.find(
    (line) => line.menuId === pizza.id && line.note === '' && line.price === pizza.price,
  );
  if (plain) return changeQuantity(cart, plain.key, plain.quantity + 1);
  const { id: menuId, title, image, price } = pizza;
  return {
    ...cart,
    lines: [...cart.lines, { key: newKey, menuId, title, image, price, quantity: 1, note: '' }],
  };
}

/** Sets a line's quantity; never beyond what an order may hold, and 0 takes the line away. */
export function changeQuantity(cart: Cart, key: string, quantity: number): Cart {
  const others = cart.lines.reduce((sum, line) => (line.key === key ? sum : sum + line.quantity), 0);
  const allowed = Math.min(quantity, MOST_PIZZAS - others);
  if (allowed < 1) return removeLine(cart, key);
  return changeLine(cart, key, { quantity: allowed });
}

export function changeLine(cart: Cart, key: string, change: Partial<Omit<CartLine, 'key'>>): Cart {
  return { ...cart, lines: cart.lines.map((line) => (line.key === key ? { ...line, ...change } : line)) };
}

export function removeLine(cart: Cart, key: string): Cart {
  return { ...cart, lines: cart.lines.filter((line) => line.key !== key) };
}

/** Takes out what was paid for; what was added since stays. */
export function withoutPaid(lines: readonly CartLine[], paid: readonly CartLine[]): CartLine[] {
  return lines.flatMap((line) => {
    const quantity = line.quantity - (paid.find(({ key }) => key === line.key)?.quantity ?? 0);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
}

/** Adds the lines of one cart to another as far as they fit. */
export function mergeLines(cart: Cart, lines: readonly CartLine[]): Cart {
  let room = MOST_PIZZAS - countPizzas(cart);
  const fitting: CartLine[] = [];
  for (const line of lines) {
    const quantity = Math.min(line.quantity, room);
    room -= quantity;
    if (quantity > 0) fitting.push({ ...line, quantity });
  }
  return { ...cart, lines: [...cart.lines, ...fitting] };
}
