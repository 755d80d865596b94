import type { Franchise } from '#contract/franchises.ts';
import { bitcoinFromSatoshi } from '#contract/money.ts';
import { readableEmail } from '../../http/readable-email.ts';
import type { FranchiseView, StoreView } from './franchises.service.ts';

function presentStore(store: StoreView): Franchise['stores'][number] {
  const { id, name, isOpen, opensAt, closesAt, timeZone, version, revenueSatoshi } = store;
  return {
    id,
    name,
    isOpen,
    open: isOpen,
    opensAt: opensAt?.toISOString() ?? null,
    closesAt: closesAt?.toISOString() ?? null,
    timeZone,
    version,
    ...(revenueSatoshi !== undefined && { totalRevenue: bitcoinFromSatoshi(revenueSatoshi) }),
  };
}

export function presentFranchise(franchise: FranchiseView): Franchise {
  return {
    id: franchise.id,
    name: franchise.name,
    ...(franchise.admins && {
      admins: franchise.admins.map(({ id, name, email }) => ({ id, name, email: readableEmail(email) })),
    }),
    stores: franchise.stores.map(presentStore),
    version: franchise.version,
  };
}
