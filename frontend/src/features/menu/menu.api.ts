import { useQuery } from '@tanstack/react-query';
import type { Franchise } from '#contract/franchises.ts';
import { callApi } from '../../lib/api-client.ts';
import { useApi } from '../../lib/use-api.ts';
import type { OpeningTimes } from '../../lib/use-opening-words.ts';

// Together far above the number of franchises there are; a stop, should `more` never end.
const FRANCHISES_A_PAGE = 100;
const MOST_PAGES = 10;

/** A store with the franchise it belongs to. */
export interface Store extends OpeningTimes {
  franchiseId: number;
  franchiseName: string;
  storeId: number;
  storeName: string;
}

/** The menu; with a store, what that store has of it. */
export function useMenu(storeId?: number) {
  const query = storeId === undefined ? {} : { storeId };
  return useApi('GET /api/order/menu', { queryKey: ['menu', storeId ?? 'all'], query, keepsPrevious: true });
}

async function readAllFranchises(signal: AbortSignal): Promise<Franchise[]> {
  const all: Franchise[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await callApi('GET /api/franchise', { query: { page, limit: FRANCHISES_A_PAGE }, signal });
    all.push(...answer.franchises);
    if (!answer.more) break;
  }
  return all;
}

function storesOf(franchises: Franchise[]): Store[] {
  return franchises.flatMap((franchise) =>
    franchise.stores.map((store: Franchise['stores'][number] & OpeningTimes) => ({
      franchiseId: franchise.id,
      franchiseName: franchise.name,
      storeId: store.id,
      storeName: store.name,
      isOpen: store.isOpen,
      opensAt: store.opensAt,
      closesAt: store.closesAt,
      timeZone: store.timeZone,
    })),
  );
}

/** All stores of all franchises, open or not. */
export function useStores() {
  return useQuery({
    queryKey: ['stores'],
    queryFn: async ({ signal }) => storesOf(await readAllFranchises(signal)),
  });
}
