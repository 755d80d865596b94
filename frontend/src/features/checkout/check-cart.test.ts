import { describe, expect, it } from '@jest/globals';
import { checkCart } from './check-cart.ts';

const veggie = { id: 1, title: 'Veggie', image: '', price: 0.0038, description: '', available: true };
const line = { key: 'a', menuId: 1, title: 'Veggie', image: '', price: 0.0038, quantity: 2, note: '' };
const store = { franchiseId: 1, franchiseName: 'pizzaPocket', storeId: 1, storeName: 'SLC' };
const cart = { store, lines: [line] };
const open = [{ storeId: 1, isOpen: true }];

describe('a cart before it is paid', () => {
  it('may be paid when menu and store are as the diner saw them', () => {
    expect(checkCart(cart, [veggie], open)).toMatchObject({ isPayable: true, lines: [{ issue: undefined }] });
  });
  it('a pizza that became dearer holds the payment and names the new price', () => {
    const checked = checkCart(cart, [{ ...veggie, price: 0.004 }], open);
    expect(checked).toMatchObject({ isPayable: false, lines: [{ issue: { kind: 'dearer', price: 0.004 } }] });
  });
  it('a pizza that became cheaper is charged at the lower price', () => {
    const checked = checkCart(cart, [{ ...veggie, price: 0.003 }], open);
    expect(checked).toMatchObject({ isPayable: true, lines: [{ issue: undefined, price: 0.003 }] });
  });
  it('a pizza that is sold out or off the menu holds the payment', () => {
    expect(checkCart(cart, [{ ...veggie, available: false }], open).lines[0]?.issue).toEqual({
      kind: 'sold-out',
    });
    expect(checkCart(cart, [], open).lines[0]?.issue).toEqual({ kind: 'gone' });
  });
  it('a store that closed or is gone holds the payment', () => {
    expect(checkCart(cart, [veggie], [{ storeId: 1, isOpen: false }])).toMatchObject({
      isStoreOpen: false,
      isPayable: false,
    });
    expect(checkCart(cart, [veggie], [])).toMatchObject({ isStoreOpen: false, isPayable: false });
  });
});
