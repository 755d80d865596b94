import type { Migration } from 'kysely/migration';
import { createUsers } from './0001-users.ts';
import { createMenuAndStores } from './0002-menu-and-stores.ts';
import { createOrders } from './0003-orders.ts';
import { createFigures } from './0004-figures.ts';
import { createAuditAndLimits } from './0005-audit-and-limits.ts';
import { createFactoriesAndIncidents, indexTransitionsByTime } from './0006-factories-and-incidents.ts';
import { createDrills } from './0008-drills.ts';
import { addAuditFiltersAndRecompute } from './0009-audit-filters-and-recompute.ts';
import { indexOrdersOfFranchiseByTime } from './0010-orders-of-franchise-by-time.ts';
import { createNodes } from './0012-node-heartbeats.ts';
import { createFactoryKeys } from './0013-factory-keys.ts';
import { addIncidentModesAndCorrections } from './0014-incident-modes-and-corrections.ts';
import { compareNamesByCase } from './0016-names-that-differ.ts';
import { addVersions } from './0017-versions.ts';
import { foldFiguresFromHistory } from './0018-figures-from-history.ts';
import { addLogInPlacesAndSessionUse } from './0019-log-in-places-and-session-use.ts';
import { eraseWhatLeaversLeft } from './0020-erasing-what-leavers-left.ts';
import { addRetention } from './0021-retention.ts';

/** In the order they are applied. A migration that has been released is never edited: the next one mends it. */
export const migrations: Record<string, Migration> = {
  '0001-users': createUsers,
  '0002-menu-and-stores': createMenuAndStores,
  '0003-orders': createOrders,
  '0004-figures': createFigures,
  '0005-audit-and-limits': createAuditAndLimits,
  '0006-factories-and-incidents': createFactoriesAndIncidents,
  '0007-transitions-by-time': indexTransitionsByTime,
  '0008-drills': createDrills,
  '0009-audit-filters-and-recompute': addAuditFiltersAndRecompute,
  '0010-orders-of-franchise-by-time': indexOrdersOfFranchiseByTime,
  '0012-node-heartbeats': createNodes,
  '0013-factory-keys': createFactoryKeys,
  '0014-incident-modes-and-corrections': addIncidentModesAndCorrections,
  '0016-names-that-differ': compareNamesByCase,
  '0017-versions': addVersions,
  '0018-figures-from-history': foldFiguresFromHistory,
  '0019-log-in-places-and-session-use': addLogInPlacesAndSessionUse,
  '0020-erasing-what-leavers-left': eraseWhatLeaversLeft,
  '0021-retention': addRetention,
};
