import type { Transaction } from '../../../database/transaction.ts';
import { afterHope } from './circuit.ts';
import type { FactorySnapshots } from './factory-snapshots.ts';
import * as factories from './factory-state.repository.ts';

/** What an answered report changes in the shared state of its factory; that it is cured is proved by the next attempt. */
export async function recordCure(
  transaction: Transaction,
  options: { factory: string; snapshots: FactorySnapshots },
): Promise<void> {
  const { factory, snapshots } = options;
  const state = await factories.lockFactory(transaction, factory);
  const healed = { ...state, ...afterHope(state, state.now), healedAt: state.now, isCureUnproved: true };
  await factories.saveFactory(transaction, factory, healed);
  await factories.wakeWaitingOrders(transaction);
  await factories.makeProbeDue(transaction, factory);
  snapshots.replace(healed, true);
}
