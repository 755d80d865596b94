import type { Database } from './database/pool.ts';
import type { Queryable } from './database/transaction.ts';
import type { Audit } from './features/audit/audit.service.ts';
import type { Auth } from './features/auth/auth.service.ts';
import type { OrderTransitions } from './features/fulfillment/orders/order-transitions.ts';
import { createLeavingDiner } from './features/orders/leaving-diner.ts';
import { createAccountErasure } from './features/users/account-erasure.ts';
import { createAccounts } from './features/users/accounts.service.ts';
import type { Logger } from './observability/logger.ts';

interface AccountSystemDeps {
  db: Database;
  log: Logger;
  auth: Auth;
  audit: Audit;
  transitions: OrderTransitions;
  isFranchise: (transaction: Queryable, franchiseId: number) => Promise<boolean>;
}

/** The part of the composition that edits accounts, and takes care that nothing is left of those who leave. */
export function composeAccounts({ db, log, auth, audit, transitions, isFranchise }: AccountSystemDeps) {
  const leaving = createLeavingDiner({ db, transitions });
  const erasure = createAccountErasure({ db, log, endSessions: auth.endSessions, ...leaving });
  return { erasure, accounts: createAccounts({ db, auth, audit, isFranchise, erasure }) };
}
