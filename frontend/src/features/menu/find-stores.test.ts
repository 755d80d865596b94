import { describe, expect, it } from '@jest/globals';
import { findOpenStores } from './find-stores.ts';

const slc = { storeName: 'SLC', franchiseName: 'pizzaPocket', isOpen: true };
const malaga = { storeName: 'Málaga', franchiseName: 'Topspot', isOpen: true };
const closed = { storeName: 'Lehi', franchiseName: 'pizzaPocket', isOpen: false };
const stores = [slc, malaga, closed];

describe('searching a store', () => {
  it('an empty filter finds every open store and no closed one', () => {
    expect(findOpenStores(stores, ' ')).toEqual([slc, malaga]);
  });
  it('a filter without accents or capitals finds the store that has them', () => {
    expect(findOpenStores(stores, 'malaga')).toEqual([malaga]);
  });
  it('words of store and franchise find their store together, in any order', () => {
    expect(findOpenStores(stores, 'pocket slc')).toEqual([slc]);
    expect(findOpenStores(stores, 'pocket malaga')).toEqual([]);
  });
});
