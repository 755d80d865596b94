import { describe, expect, it } from '@jest/globals';
import { orderKeyOf, type SentOrder } from './cart.ts';
import { beginOrder, endWait, forgetAttempt, takePaid, unanswered } from './cart-orders.ts';
import {
  addLines,
  bringAlong,
  type CartShelf,
  chooseStore,
  currentCart,
  EMPTY_SHELF,
  leftBehind,
  parseShelf,
  takeOver,
} from './cart-shelf.ts';

const slc = { franchiseId: 1, franchiseName: 'pizzaPocket', storeId: 1, storeName: 'SLC' };
const lehi = { ...slc, storeId: 2, storeName: 'Lehi' };
const line = { key: 'a', menuId: 1, title: 'Veggie', image: '', price: 0.0038, quantity: 2, note: '' };
const more = { ...line, key: 'b', quantity: 1 };
const shelf = addLines(EMPTY_SHELF, slc, [line]);

const sentOf = (from: CartShelf): SentOrder => ({ store: slc, lines: currentCart(from).lines });

function begin(from: CartShelf, order = sentOf(from)) {
  const begun = beginOrder(from, order, 1_000);
  if (!begun) throw new Error('the cart is not what was seen');
  return begun;
}

describe('the order of a cart', () => {
  it('has the same key from whichever tab it is sent, also after the cart was changed', () => {
    const first = begin(shelf);
    const changed = addLines(endWait(first.shelf, first.order.orderKey), slc, [more]);
    const second = begin(changed);
    expect(begin(shelf).order.orderKey).toBe(first.order.orderKey);
    expect(second.order).toEqual({ orderKey: first.order.orderKey, sent: [sentOf(shelf), sentOf(changed)] });
  });

  it('is sent for nobody who saw another cart than there is', () => {
    expect(beginOrder(shelf, { store: slc, lines: [{ ...line, quantity: 1 }] }, 0)).toBeUndefined();
    expect(beginOrder(shelf, { store: lehi, lines: [line] }, 0)).toBeUndefined();
    expect(beginOrder(EMPTY_SHELF, { store: slc, lines: [line] }, 0)).toBeUndefined();
  });

  it('may be agreed to at a lower price than the cart has', () => {
    const agreed = { store: slc, lines: [{ ...line, price: 0.003 }] };
    expect(begin(shelf, agreed).order.sent).toEqual([agreed]);
  });

  it('takes what was paid for out of its cart, and what was added since is another order', () => {
    const { shelf: begun, order } = begin(shelf);
    const added = chooseStore(addLines(begun, slc, [more]), lehi);
    const after = takePaid(
      added,
      { orderKey: order.orderKey, orderId: 7, isEarlier: false, lines: [line] },
      'new',
    );
    expect(currentCart(after)).toEqual({ store: lehi, lines: [] });
    expect(leftBehind(after)).toEqual({ store: slc, lines: [more], orderKey: 'new' });
    expect(after.paid).toEqual({ orderKey: order.orderKey, orderId: 7, isEarlier: false });
  });

  it('leaves no key behind in a cart that is empty', () => {
    const { shelf: begun, order } = begin(shelf);
    const after = takePaid(
      begun,
      { orderKey: order.orderKey, orderId: 7, isEarlier: false, lines: [line] },
      'new',
    );
    expect(orderKeyOf(currentCart(after))).toBeUndefined();
    expect(currentCart(after).attempt).toBeUndefined();
  });

  it('is taken up again only while its answer is awaited, and not after long', () => {
    const { shelf: begun, order } = begin(shelf);
    expect(unanswered(begun, 1_000)).toEqual([order]);
    expect(unanswered(begun, 1_001)).toEqual([]);
    expect(unanswered(endWait(begun, order.orderKey), 0)).toEqual([]);
    expect(unanswered(forgetAttempt(begun, order.orderKey), 0)).toEqual([]);
  });

  it('goes along, key and all, with pizzas that are brought to another store', () => {
    const { shelf: begun, order } = begin(shelf);
    const turned = chooseStore(begun, lehi);
    const moved = currentCart(bringAlong(turned, currentCart(begun)));
    expect([moved.orderKey, moved.attempt?.sent]).toEqual([order.orderKey, order.sent]);
  });

  it('is read back from storage whole, and without what an attempt lacks', () => {
    const { shelf: begun } = begin(shelf);
    expect(parseShelf(JSON.parse(JSON.stringify(begun)))).toEqual(begun);
    for (const attempt of [7, {}, { sent: [] }, { sent: [{ store: null, lines: [] }] }, { sent: [null] }]) {
      const broken = { ...begun, carts: begun.carts.map((cart) => ({ ...cart, attempt })) };
      expect(currentCart(parseShelf(broken)).attempt).toBeUndefined();
    }
  });
});

describe('the carts of a guest who logs in', () => {
  const guest = addLines(EMPTY_SHELF, lehi, [more]);

  it('join those there were, and the one filled last is shown', () => {
    const joined = takeOver(shelf, guest);
    expect(currentCart(joined)).toEqual({ store: lehi, lines: [more] });
    expect(leftBehind(joined)).toEqual({ store: slc, lines: [line] });
  });

  it('change nothing when they are empty', () => {
    expect(currentCart(takeOver(shelf, chooseStore(EMPTY_SHELF, lehi)))).toEqual(currentCart(shelf));
  });
});
