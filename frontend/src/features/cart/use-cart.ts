import { useSyncExternalStore } from 'react';
import type { MenuItem } from '#contract/menu.ts';
import { newId } from '../../lib/new-id.ts';
import { readStored, writeStored } from '../../lib/storage.ts';
import * as cartOf from './cart.ts';
import * as shelfOf from './cart-shelf.ts';

const KEY = 'jwt-pizza.carts';

let shelf = shelfOf.parseShelf(readStored(localStorage, KEY));
const listeners = new Set<() => void>();

function tellAll(): void {
  for (const listener of listeners) listener();
}

function change(next: shelfOf.CartShelf): void {
  shelf = next;
  writeStored(localStorage, KEY, shelf);
  tellAll();
}

function changeCart(next: (cart: cartOf.Cart) => cartOf.Cart): void {
  change(shelfOf.replaceCurrent(shelf, next(shelfOf.currentCart(shelf))));
}

// The cart is one and the same in every tab.
window.addEventListener('storage', (event) => {
  if (event.key !== KEY) return;
  shelf = shelfOf.parseShelf(readStored(localStorage, KEY));
  tellAll();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const cartActions = {
  add: (pizza: MenuItem) => changeCart((cart) => cartOf.addPizza(cart, pizza, newId())),
  setQuantity: (key: string, quantity: number) =>
    changeCart((cart) => cartOf.changeQuantity(cart, key, quantity)),
  setNote: (key: string, note: string) => changeCart((cart) => cartOf.changeLine(cart, key, { note })),
  setPrice: (key: string, price: number) => changeCart((cart) => cartOf.changeLine(cart, key, { price })),
  remove: (key: string) => changeCart((cart) => cartOf.removeLine(cart, key)),
  takePaid: (paid: cartOf.Cart) => change(shelfOf.takePaid(shelf, paid)),
  chooseStore: (store: cartOf.CartStore) => change(shelfOf.chooseStore(shelf, store)),
  moveTo: (store: cartOf.CartStore) => change(shelfOf.moveTo(shelf, store)),
  /** Answers how many pizzas found no room any more. */
  addLines: (store: cartOf.CartStore, lines: readonly Omit<cartOf.CartLine, 'key'>[]): number => {
    const keyed = lines.map((line) => ({ ...line, key: newId() }));
    const wanted = cartOf.countPizzas({ store, lines: keyed });
    const before = cartOf.countPizzas(shelfOf.currentCart(shelfOf.chooseStore(shelf, store)));
    change(shelfOf.addLines(shelf, store, keyed));
    return before + wanted - cartOf.countPizzas(shelfOf.currentCart(shelf));
  },
  bringAlong: (from: cartOf.Cart) => change(shelfOf.bringAlong(shelf, from)),
};

/** The cart of the chosen store, and pizzas that still lie in another store's. */
export function useCart(): { cart: cartOf.Cart; leftBehind: cartOf.Cart | undefined } {
  const shown = useSyncExternalStore(subscribe, () => shelf);
  return { cart: shelfOf.currentCart(shown), leftBehind: shelfOf.leftBehind(shown) };
}
