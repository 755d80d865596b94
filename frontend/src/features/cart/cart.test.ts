import { describe, expect, it } from '@jest/globals';
import { MAX_PIZZAS_PER_ORDER } from '#contract/orders.ts';
import {
  addPizza,
  cartTotal,
  changeLine,
  changeQuantity,
  countPizzas,
  EMPTY_CART,
  MOST_PIZZAS,
} from './cart.ts';
import {
  addLines,
  bringAlong,
  chooseStore,
  currentCart,
  EMPTY_SHELF,
  leftBehind,
  moveTo,
  parseShelf,
  replaceCurrent,
} from './cart-shelf.ts';

const veggie = {
  id: 1,
  title: 'Veggie',
  image: '/pictures/veggie.webp',
  price: 0.0038,
  description: '',
  available: true,
  version: 1,
};
const crusty = { ...veggie, id: 4, title: 'Crusty', price: 0.0028 };
const slc = { franchiseId: 1, franchiseName: 'pizzaPocket', storeId: 1, storeName: 'SLC' };
const lehi = { ...slc, storeId: 2, storeName: 'Lehi' };

describe('the cart', () => {
  it('holds at most what the contract lets an order hold', () => {
    expect(MOST_PIZZAS).toBe(MAX_PIZZAS_PER_ORDER);
    let cart = EMPTY_CART;
    for (let i = 0; i < MAX_PIZZAS_PER_ORDER + 5; i += 1)
      cart = addPizza(cart, i % 2 ? veggie : crusty, `k${i}`);
    expect(countPizzas(cart)).toBe(MAX_PIZZAS_PER_ORDER);
  });
  it('the same pizza added twice is one line of two, but a line with a note stays its own', () => {
    const two = addPizza(addPizza(EMPTY_CART, veggie, 'a'), veggie, 'b');
    expect(two.lines.map((line) => line.quantity)).toEqual([2]);
    const noted = changeLine(two, 'a', { note: 'no olives' });
    expect(addPizza(noted, veggie, 'c').lines.map((line) => line.quantity)).toEqual([2, 1]);
  });
  it('a total adds exactly where floating point would not', () => {
    let cart = EMPTY_CART;
    for (let i = 0; i < 3; i += 1) cart = addPizza(cart, { ...veggie, price: 0.1 }, `k${i}`);
    expect(cartTotal(cart)).toBe(30_000_000);
  });
  it('a quantity of none takes the line away', () => {
    expect(changeQuantity(addPizza(EMPTY_CART, veggie, 'a'), 'a', 0).lines).toEqual([]);
  });
});

describe('the carts of several stores', () => {
  const picked = replaceCurrent(EMPTY_SHELF, addPizza(EMPTY_CART, veggie, 'a'));

  it('pizzas picked before the store come along to the store', () => {
    const shelf = chooseStore(picked, slc);
    expect(currentCart(shelf).store).toEqual(slc);
    expect(countPizzas(currentCart(shelf))).toBe(1);
  });
  it('each store keeps its own cart, and the other one can be brought along once', () => {
    const shelf = chooseStore(chooseStore(picked, slc), lehi);
    expect(countPizzas(currentCart(shelf))).toBe(0);
    const behind = leftBehind(shelf);
    expect(behind?.store).toEqual(slc);
    const moved = behind ? bringAlong(shelf, behind) : shelf;
    expect(countPizzas(currentCart(moved))).toBe(1);
    expect(leftBehind(moved)).toBeUndefined();
    expect(countPizzas(currentCart(chooseStore(shelf, slc)))).toBe(1);
  });
  it('what was stored is read back whole, and rubbish is read as nothing', () => {
    const shelf = chooseStore(picked, slc);
    expect(parseShelf(JSON.parse(JSON.stringify(shelf)))).toEqual(shelf);
    for (const rubbish of [
      undefined,
      null,
      7,
      'x',
      {},
      { carts: [{}] },
      { carts: [null] },
      { current: 1, carts: [{ store: null, lines: [{}] }] },
    ]) {
      expect(countPizzas(currentCart(parseShelf(rubbish)))).toBe(0);
    }
  });
});

describe('carts of several stores', () => {
  const line = { key: 'a', menuId: 1, title: 'Veggie', image: '', price: 0.0038, quantity: 2, note: '' };
  const shelf = addLines(EMPTY_SHELF, slc, [line]);

  it('a cart moved to another store leaves nothing behind', () => {
    const moved = moveTo(shelf, lehi);
    expect(currentCart(moved)).toEqual({ store: lehi, lines: [line] });
    expect(leftBehind(moved)).toBeUndefined();
    expect(moveTo(moved, lehi)).toEqual(moved);
  });

  it('lines added beyond what an order holds are left out', () => {
    const full = addLines(shelf, slc, [{ ...line, key: 'b', quantity: MOST_PIZZAS }]);
    expect(countPizzas(currentCart(full))).toBe(MOST_PIZZAS);
  });
});
