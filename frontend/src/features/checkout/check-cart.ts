import { satoshiOf } from '../../lib/format.ts';
import type { Cart, CartLine } from '../cart/cart.ts';

/** What stands between a line of the cart and its payment. */
export type LineIssue = { kind: 'gone' } | { kind: 'sold-out' } | { kind: 'dearer'; price: number };

/** A pizza as the service would sell it at this moment. */
interface QuotedItem {
  menuId: number;
  price: number;
  problem?: 'unknown' | 'sold_out' | 'price_changed' | undefined;
}

export interface Quote {
  isStoreOpen: boolean;
  /** None when the store itself is gone: nobody can say what it would have. */
  items: readonly QuotedItem[] | undefined;
}

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

function checkLine(line: CartLine, items: readonly QuotedItem[]): CheckedLine {
  const pizza = items.find(({ menuId }) => menuId === line.menuId);
  if (!pizza || pizza.problem === 'unknown') return { line, price: line.price, issue: { kind: 'gone' } };
  if (pizza.problem === 'sold_out') return { line, price: line.price, issue: { kind: 'sold-out' } };
  const isDearer = satoshiOf(pizza.price) > satoshiOf(line.price);
  if (isDearer) return { line, price: line.price, issue: { kind: 'dearer', price: pizza.price } };
  return { line, price: pizza.price, issue: undefined };
}

/** Compares the cart with what the service would sell at this moment. */
export function checkCart(cart: Cart, { isStoreOpen, items }: Quote): CheckedCart {
  const lines = cart.lines.map((line) =>
    items ? checkLine(line, items) : { line, price: line.price, issue: undefined },
  );
  const isPayable = isStoreOpen && lines.length > 0 && lines.every(({ issue }) => issue === undefined);
  return { lines, isStoreOpen, isPayable };
}
