import { useSyncExternalStore } from 'react';
import type { MenuItem } from '#contract/menu.ts';
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
  add: (pizza: MenuItem) => changeCart((cart) => cartOf.addPizza(cart, pizza, crypto.randomUUID())),
  setQuantity: (key: string, quantity: number) =>
    changeCart((cart) => cartOf.changeQuantity(cart, key, quantity)),
  setNote: (key: string, note: string) => changeCart((cart) => cartOf.changeLine(cart, key, { note })),
  setPrice: (key: string, price: number) => changeCart((cart) => cartOf.changeLine(cart, key, { price })),
  remove: (key: string) => changeCart((cart) => cartOf.removeLine(cart, key)),
  empty: () => changeCart((cart) => ({ ...cart, lines: [] })),
  chooseStore: (store: cartOf.CartStore) => change(shelfOf.chooseStore(shelf, store)),
  bringAlong: (from: cartOf.Cart) => change(shelfOf.bringAlong(shelf, from)),
};

/** The cart of the chosen store, and pizzas that still lie in another store's. */
export function useCart(): { cart: cartOf.Cart; leftBehind: cartOf.Cart | undefined } {
  const shown = useSyncExternalStore(subscribe, () => shelf);
  return { cart: shelfOf.currentCart(shown), leftBehind: shelfOf.leftBehind(shown) };
}
