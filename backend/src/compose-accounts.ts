import type { FulfillmentSystem } from './compose-fulfillment.ts';
import type { Database } from './database/pool.ts';
import type { Queryable } from './database/transaction.ts';
import type { Audit } from './features/audit/audit.service.ts';
import type { Auth } from './features/auth/auth.service.ts';
import { presentSession } from './features/auth/own-sessions/own-sessions.presenter.ts';
import type { OrderTransitions } from './features/fulfillment/orders/order-transitions.ts';
import { createOrderExport } from './features/orders/export-orders.ts';
import { createLeavingDiner } from './features/orders/leaving-diner.ts';
import { createAccountErasure } from './features/users/account-erasure.ts';
import { createAccounts } from './features/users/accounts.service.ts';
import { createOwnDataRoutes } from './features/users/own-data.routes.ts';
import type { Users } from './features/users/users.service.ts';
import type { Logger } from './observability/logger.ts';

interface AccountSystemDeps {
  db: Database;
  log: Logger;
  auth: Auth;
  users: Users;
  audit: Audit;
  transitions: OrderTransitions;
  givenUpAt: FulfillmentSystem['givenUpAt'];
  isFranchise: (transaction: Queryable, franchiseId: number) => Promise<boolean>;
}

/**
 * The part of the composition that edits accounts, tells their owners what is kept of them, and takes care that nothing
 * is left of those who leave.
 */
export function composeAccounts(deps: AccountSystemDeps) {
  const { db, log, auth, users, audit, transitions, givenUpAt, isFranchise } = deps;
  const leaving = createLeavingDiner({ db, transitions });
  const erasure = createAccountErasure({ db, log, endSessions: auth.endSessions, ...leaving });
  const ownDataRoutes = createOwnDataRoutes({
    findCreationTime: users.findCreationTime,
    listSessions: async ({ id, sessionId }) =>
      (await auth.listSessions(id)).map((session) => presentSession(session, sessionId)),
    exportOrders: createOrderExport({ db, givenUpAt }),
    findActions: audit.entriesOf,
  });
  return { erasure, accounts: createAccounts({ db, auth, audit, isFranchise, erasure }), ownDataRoutes };
}
