import type { Store } from './menu.api.ts';

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** Answers the open stores in whose name, or whose franchise's name, every word of the filter occurs. */
export function findOpenStores<S extends Pick<Store, 'storeName' | 'franchiseName' | 'isOpen'>>(
  stores: readonly S[],
  filter: string,
): S[] {
  const words = plain(filter).split(/\s+/).filter(Boolean);
  return stores.filter((store) => {
    const names = plain(`${store.storeName} ${store.franchiseName}`);
    return store.isOpen && words.every((word) => names.includes(word));
  });
}
