import type { z } from 'zod';
import type { StoreSettings } from '#contract/franchise-dashboard.ts';
import type { updateStore } from '#contract/stores.ts';
import type { StoreRecord } from './franchises.repository.ts';

type StoreAnswer = z.input<(typeof updateStore.answers)[200]['schema']>;

/** Every field of a store that those may see who run it. */
export function presentStore(store: StoreRecord & { isOpen: boolean }): StoreAnswer {
  return {
    id: store.id,
    franchiseId: store.franchiseId,
    name: store.name,
    timeZone: store.timeZone,
    openingHours: store.openingHours,
    pausedUntil: store.pausedUntil?.toISOString() ?? null,
    isOpen: store.isOpen,
    version: store.version,
  };
}

/** As above, with what is sold out there and when it was closed for good. */
export function presentStoreSettings(
  store: StoreRecord & { isOpen: boolean; soldOut: number[] },
): StoreSettings {
  const { franchiseId: _, ...shown } = presentStore(store);
  return { ...shown, archivedAt: store.archivedAt?.toISOString() ?? null, soldOut: store.soldOut };
}
