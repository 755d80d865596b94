import { describe, expect, it } from '@jest/globals';
import { findStores, hasTwin } from './find-stores.ts';

const slc = { storeId: 1, storeName: 'SLC', franchiseName: 'pizzaPocket', isOpen: true };
const malaga = { storeId: 2, storeName: 'Málaga', franchiseName: 'Topspot', isOpen: true };
const closed = { storeId: 3, storeName: 'Lehi', franchiseName: 'pizzaPocket', isOpen: false };
const stores = [closed, slc, malaga];

describe('searching a store', () => {
  it('an empty filter finds every store, the open ones first', () => {
    expect(findStores(stores, ' ')).toEqual([slc, malaga, closed]);
  });
  it('a filter without accents or capitals finds the store that has them', () => {
    expect(findStores(stores, 'malaga')).toEqual([malaga]);
  });
  it('words of store and franchise find their store together, in any order', () => {
    expect(findStores(stores, 'pocket slc')).toEqual([slc]);
    expect(findStores(stores, 'pocket malaga')).toEqual([]);
  });
  it('a closed store is found as well as an open one', () => {
    expect(findStores(stores, 'lehi')).toEqual([closed]);
  });
  it('two stores of one name are twins only in the same franchise', () => {
    const twin = { ...slc, storeId: 4, storeName: 'slc' };
    expect(hasTwin([...stores, twin], slc)).toBe(true);
    expect(hasTwin([...stores, { ...twin, franchiseName: 'Topspot' }], slc)).toBe(false);
    expect(hasTwin(stores, slc)).toBe(false);
  });
});
