import type { Franchise } from '#contract/franchises.ts';
import { bitcoinFromSatoshi } from '#contract/money.ts';
import type { FranchiseView, StoreView } from './franchises.service.ts';

function presentStore({ id, name, isOpen, revenueSatoshi }: StoreView): Franchise['stores'][number] {
  return {
    id,
    name,
    isOpen,
    ...(revenueSatoshi !== undefined && { totalRevenue: bitcoinFromSatoshi(revenueSatoshi) }),
  };
}

export function presentFranchise(franchise: FranchiseView): Franchise {
  return {
    id: franchise.id,
    name: franchise.name,
    ...(franchise.admins && { admins: franchise.admins.map(({ id, name, email }) => ({ id, name, email })) }),
    stores: franchise.stores.map(presentStore),
  };
}
