import type { Store } from './menu.api.ts';

type Named = Pick<Store, 'storeId' | 'storeName' | 'franchiseName' | 'isOpen'>;

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/**
 * Answers the stores in whose name, or whose franchise's name, every word of the filter occurs. Those that are open come
 * first; a closed one is found, too, or it would seem that there is none.
 */
export function findStores<S extends Named>(stores: readonly S[], filter: string): S[] {
  const words = plain(filter).split(/\s+/).filter(Boolean);
  const found = stores.filter((store) => {
    const names = plain(`${store.storeName} ${store.franchiseName}`);
    return words.every((word) => names.includes(word));
  });
  return [...found.filter(({ isOpen }) => isOpen), ...found.filter(({ isOpen }) => !isOpen)];
}

/** Whether another store of the same franchise has the same name, so that only its number tells it apart. */
export function hasTwin(stores: readonly Named[], store: Omit<Named, 'isOpen'>): boolean {
  return stores.some(
    ({ storeId, storeName, franchiseName }) =>
      storeId !== store.storeId &&
      plain(storeName) === plain(store.storeName) &&
      franchiseName === store.franchiseName,
  );
}
