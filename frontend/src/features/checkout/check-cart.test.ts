import { describe, expect, it } from '@jest/globals';
import { checkCart } from './check-cart.ts';

const veggie = { menuId: 1, price: 0.0038 };
const line = { key: 'a', menuId: 1, title: 'Veggie', image: '', price: 0.0038, quantity: 2, note: '' };
const store = { franchiseId: 1, franchiseName: 'pizzaPocket', storeId: 1, storeName: 'SLC' };
const cart = { store, lines: [line] };
const check = (item: Parameters<typeof checkCart>[1]['items'], isStoreOpen = true) =>
  checkCart(cart, { isStoreOpen, items: item });

describe('a cart before it is paid', () => {
  it('may be paid when menu and store are as the diner saw them', () => {
    expect(check([veggie])).toMatchObject({ isPayable: true, lines: [{ issue: undefined }] });
  });
  it('a pizza that became dearer holds the payment and names the new price', () => {
    const checked = check([{ ...veggie, price: 0.004 }]);
    expect(checked).toMatchObject({ isPayable: false, lines: [{ issue: { kind: 'dearer', price: 0.004 } }] });
  });
  it('a pizza that became cheaper is charged at the lower price', () => {
    const checked = check([{ ...veggie, price: 0.003 }]);
    expect(checked).toMatchObject({ isPayable: true, lines: [{ issue: undefined, price: 0.003 }] });
  });
  it('a pizza that is sold out or off the menu holds the payment', () => {
    expect(check([{ ...veggie, problem: 'sold_out' }]).lines[0]?.issue).toEqual({ kind: 'sold-out' });
    expect(check([{ ...veggie, price: 0, problem: 'unknown' }]).lines[0]?.issue).toEqual({ kind: 'gone' });
    expect(check([]).lines[0]?.issue).toEqual({ kind: 'gone' });
  });
  it('a store that closed holds the payment', () => {
    expect(check([veggie], false)).toMatchObject({ isStoreOpen: false, isPayable: false });
  });
  it('a store that is gone holds the payment and blames no pizza', () => {
    expect(check(undefined, false)).toMatchObject({ isPayable: false, lines: [{ issue: undefined }] });
  });
});
