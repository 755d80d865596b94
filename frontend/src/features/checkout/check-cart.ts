import type { MenuItem } from '#contract/menu.ts';
import { satoshiOf } from '../../lib/format.ts';
import type { Cart, CartLine } from '../cart/cart.ts';

/** What stands between a line of the cart and its payment. */
export type LineIssue = { kind: 'gone' } | { kind: 'sold-out' } | { kind: 'dearer'; price: number };

export interface CheckedLine {
  line: CartLine;
  issue: LineIssue | undefined;
  /** In ₿: what will be charged for one; the menu's price when it fell since. */
  price: number;
}

export interface CheckedCart {
  lines: CheckedLine[];
  isStoreOpen: boolean;
  isPayable: boolean;
}

function checkLine(line: CartLine, menu: readonly MenuItem[]): CheckedLine {
  const pizza = menu.find((item) => item.id === line.menuId);
  if (!pizza) return { line, price: line.price, issue: { kind: 'gone' } };
  if (!pizza.available) return { line, price: line.price, issue: { kind: 'sold-out' } };
  const isDearer = satoshiOf(pizza.price) > satoshiOf(line.price);
  if (isDearer) return { line, price: line.price, issue: { kind: 'dearer', price: pizza.price } };
  return { line, price: pizza.price, issue: undefined };
}

/** Compares the cart with the menu and the stores as they are now. */
export function checkCart(
  cart: Cart,
  menu: readonly MenuItem[],
  stores: readonly { storeId: number; isOpen: boolean }[],
): CheckedCart {
  const lines = cart.lines.map((line) => checkLine(line, menu));
  const isStoreOpen = stores.some((store) => store.storeId === cart.store?.storeId && store.isOpen);
  const isPayable = isStoreOpen && lines.length > 0 && lines.every(({ issue }) => issue === undefined);
  return { lines, isStoreOpen, isPayable };
}
