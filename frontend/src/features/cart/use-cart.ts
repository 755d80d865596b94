import { useSyncExternalStore } from 'react';
import type { MenuItem } from '#contract/menu.ts';
import { newId } from '../../lib/new-id.ts';
import * as cartOf from './cart.ts';
import * as ordersOf from './cart-orders.ts';
import * as shelfOf from './cart-shelf.ts';
import { changeShelf, dropShelf, readShelf, shownShelf, subscribe } from './cart-store.ts';

function changeCart(next: (cart: cartOf.Cart) => cartOf.Cart): void {
  changeShelf((shelf) => shelfOf.replaceCurrent(shelf, next(shelfOf.currentCart(shelf))));
}

export const cartActions = {
  add: (pizza: MenuItem) => changeCart((cart) => cartOf.addPizza(cart, pizza, newId())),
  setQuantity: (key: string, quantity: number) =>
    changeCart((cart) => cartOf.changeQuantity(cart, key, quantity)),
  setNote: (key: string, note: string) => changeCart((cart) => cartOf.changeLine(cart, key, { note })),
  setPrice: (key: string, price: number) => changeCart((cart) => cartOf.changeLine(cart, key, { price })),
  remove: (key: string) => changeCart((cart) => cartOf.removeLine(cart, key)),
  chooseStore: (store: cartOf.CartStore) => changeShelf((shelf) => shelfOf.chooseStore(shelf, store)),
  moveTo: (store: cartOf.CartStore) => changeShelf((shelf) => shelfOf.moveTo(shelf, store)),
  /** Answers how many pizzas found no room any more. */
  addLines: (store: cartOf.CartStore, lines: readonly Omit<cartOf.CartLine, 'key'>[]): number => {
    const keyed = lines.map((line) => ({ ...line, key: newId() }));
    const wanted = cartOf.countPizzas({ store, lines: keyed });
    let fitted = 0;
    changeShelf((shelf) => {
      const before = cartOf.countPizzas(shelfOf.currentCart(shelfOf.chooseStore(shelf, store)));
      const next = shelfOf.addLines(shelf, store, keyed);
      fitted = cartOf.countPizzas(shelfOf.currentCart(next)) - before;
      return next;
    });
    return wanted - fitted;
  },
  bringAlong: (from: cartOf.Cart) => changeShelf((shelf) => shelfOf.bringAlong(shelf, from)),
  /** Forgets the carts of somebody whose account is no more. */
  forget: dropShelf,
};

/** What becomes of a diner's cart when it is paid for. Of this diner, whoever is logged in by the time it is known. */
export const cartOrders = {
  begin: (userId: number, order: cartOf.SentOrder): ordersOf.OrderToSend | undefined => {
    let begun: ReturnType<typeof ordersOf.beginOrder>;
    changeShelf((shelf) => {
      begun = ordersOf.beginOrder(shelf, order, Date.now());
      return begun?.shelf ?? shelf;
    }, userId);
    return begun?.order;
  },
  unanswered: (userId: number, notBefore: number) => ordersOf.unanswered(readShelf(userId), notBefore),
  endWait: (userId: number, orderKey: string) =>
    changeShelf((shelf) => ordersOf.endWait(shelf, orderKey), userId),
  refused: (userId: number, orderKey: string) =>
    changeShelf((shelf) => ordersOf.forgetAttempt(shelf, orderKey), userId),
  /** The key can no longer be used for this cart. */
  usedUp: (userId: number, orderKey: string) =>
    changeShelf((shelf) => ordersOf.forgetAttempt(shelf, orderKey, newId()), userId),
  paid: (userId: number, paid: shelfOf.PaidCart & { lines: readonly cartOf.CartLine[] }) =>
    changeShelf((shelf) => ordersOf.takePaid(shelf, paid, newId()), userId),
};

/** The cart of the chosen store, pizzas that still lie in another store's, and what was paid for last. */
export function useCart() {
  const shelf = useSyncExternalStore(subscribe, shownShelf);
  return { cart: shelfOf.currentCart(shelf), leftBehind: shelfOf.leftBehind(shelf), paid: shelf.paid };
}
