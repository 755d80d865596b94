import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Transaction } from '../../../database/transaction.ts';
import type { IncidentRecorder } from '../../incidents/incident-recorder.ts';
import { afterHope } from './circuit.ts';
import * as factories from './factory-state.repository.ts';

/** Told of each factory whose hold changes, inside the transaction that changes it. */
type OnChange = (transaction: Transaction, factory: string) => Promise<void>;

/** Lets an operator stop every call to the factories, and let them go on; orders are taken and wait meanwhile. */
export function createFactoryHold(parts: {
  db: Database;
  origins: readonly string[];
  incidents: IncidentRecorder;
}) {
  const { db, origins, incidents } = parts;

  async function change(isHeld: boolean, onChange: OnChange): Promise<void> {
    for (const origin of origins) {
      await inTransaction(db, async (transaction) => {
        const state = await factories.lockFactory(transaction, origin);
        if (isHeld === (state.heldAt !== undefined)) return;
        await factories.saveFactory(
          transaction,
          origin,
          isHeld
            ? { ...state, heldAt: state.now }
            : { ...state, ...afterHope(state, state.now), heldAt: undefined },
        );
        if (!isHeld) await factories.wakeWaitingOrders(transaction);
        await incidents.noteOfFactory(transaction, {
          factory: origin,
          kind: isHeld ? 'held' : 'resumed',
          at: state.now,
        });
        await onChange(transaction, origin);
      });
    }
  }

  const tellNobody = async (): Promise<void> => undefined;
  return {
    hold: (onChange: OnChange = tellNobody): Promise<void> => change(true, onChange),
    resume: (onChange: OnChange = tellNobody): Promise<void> => change(false, onChange),
  };
}

export type FactoryHold = ReturnType<typeof createFactoryHold>;
