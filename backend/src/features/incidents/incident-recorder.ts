import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable, type Transaction } from '../../database/transaction.ts';
import * as figures from './incident-figures.repository.ts';
import type { IncidentEventKind, IncidentMode } from './incident-record.ts';
import * as repository from './incidents.repository.ts';

/** Without another fault for this long an incident that is restored is over. */
const QUIET_MS = 60_000;
// Open incidents are looked at this often, however often the worker sweeps.
const LOOK_EVERY_MS = 500;

interface Fault {
  factory: string;
  mode: IncidentMode;
  startedAt: Date;
  now: Date;
  source: 'order' | 'probe' | 'pending_call';
}

interface Details {
  [name: string]: string | number | boolean | null;
}

/**
 * Writes the record of an incident while it happens. Every function that takes a transaction is called with the
 * factory's row locked, so two nodes never open two incidents of one factory.
 */
export function createIncidentRecorder(db: Database) {
  let lookedAtMs = Number.NEGATIVE_INFINITY;

  async function recordFaultAgain(
    transaction: Transaction,
    open: repository.OpenIncident,
    fault: Fault,
  ): Promise<void> {
    // While another factory makes the pizzas, a probe that still finds this one ill changes nothing for the diners.
    const isCoveredFor = open.restoredBy !== undefined && open.restoredBy !== fault.factory;
    const isBroken = open.restoredAt !== undefined && !(isCoveredFor && fault.source === 'probe');
    await repository.noteMode(transaction, open.id, fault);
    const unrestored = { restoredAt: null, restoredBy: null, isRestoredByPizza: false, lineEmptyAt: null };
    await repository.updateIncident(transaction, open.id, {
      lastFaultAt: fault.now,
      ...(isBroken && unrestored),
    });
    if (isBroken) {
      const details = { mode: fault.mode, seenBy: fault.source };
      await repository.insertEvent(transaction, {
        incidentId: open.id,
        kind: 'fault_again',
        at: fault.now,
        details,
      });
    }
  }

  /** A good pizza of this factory ended the trouble before the call began that met this fault, and it is a new one. */
  async function isAnother(
    transaction: Transaction,
    open: repository.OpenIncident,
    { factory, mode, startedAt, now }: Fault,
  ): Promise<boolean> {
    const { restoredAt, restoredBy, isRestoredByPizza } = open;
    const isProved = isRestoredByPizza && restoredBy === factory && restoredAt !== undefined;
    if (!isProved || startedAt < restoredAt) return false;
    // A factory that flickers between two modes is one incident, not one at each turn.
    const since = new Date(now.getTime() - QUIET_MS);
    return !(await repository.hadMode(transaction, { incidentId: open.id, factory, mode, since }));
  }

  async function endFor(
    transaction: Transaction,
    open: repository.OpenIncident,
    { mode, startedAt: at }: Fault,
  ): Promise<void> {
    await repository.updateIncident(transaction, open.id, { closedAt: at, areFiguresDue: true });
    const details = { followedBy: mode };
    await repository.insertEvent(transaction, { incidentId: open.id, kind: 'closed', at, details });
  }

  async function restore(
    transaction: Transaction,
    open: repository.OpenIncident,
    good: { factory: string; isPizza: boolean; now: Date },
  ): Promise<void> {
    const { factory: by, now: at, isPizza } = good;
    await repository.updateIncident(transaction, open.id, {
      restoredAt: at,
      restoredBy: by,
      isRestoredByPizza: isPizza,
    });
    const isOther = by !== open.factory;
    const proof = isPizza ? 'pizza' : 'probe';
    if (isOther) {
      await repository.insertEvent(transaction, {
        incidentId: open.id,
        kind: 'factory_changed',
        at,
        details: { to: by },
      });
    }
    await repository.insertEvent(transaction, {
      incidentId: open.id,
      kind: 'restored',
      at,
      details: { by, proof },
    });
  }

  async function closeIfOver(transaction: Transaction, open: repository.OpenIncident): Promise<void> {
    const isEmpty = (await repository.countOrdersInLine(transaction)) === 0;
    if (isEmpty && !open.lineEmptyAt && (await repository.markLineEmpty(transaction, open.id))) {
      await repository.insertEvent(transaction, { incidentId: open.id, kind: 'line_empty' });
    }
    if (isEmpty && (await repository.closeQuietIncident(transaction, open.id, QUIET_MS))) {
      await repository.insertEvent(transaction, { incidentId: open.id, kind: 'closed' });
    }
  }

  return {
    /** A bad outcome: opens an incident, is part of the open one, or ends that for another. Answers its id. */
    async recordFault(transaction: Transaction, fault: Fault): Promise<number> {
      const open = await repository.findOpenIncident(transaction, fault.factory);
      if (open && !(await isAnother(transaction, open, fault))) {
        await recordFaultAgain(transaction, open, fault);
        return open.id;
      }
      if (open) await endFor(transaction, open, fault);
      const incidentId = await repository.insertIncident(transaction, { ...fault, detectedBy: fault.source });
      const { startedAt, now, mode, source } = fault;
      await repository.insertEvent(transaction, {
        incidentId,
        kind: 'first_fault',
        at: startedAt,
        details: { mode },
      });
      await repository.insertEvent(transaction, {
        incidentId,
        kind: 'detected',
        at: now,
        details: { by: source },
      });
      return incidentId;
    },

    /**
     * A good pizza, or a probe that was answered well: ends the trouble. A probe is proof only while no order waits
     * that could give a better one; a pizza of another factory is proof while this one's circuit is open.
     */
    async recordGood(
      transaction: Transaction,
      good: { factory: string; isPizza: boolean; now: Date },
    ): Promise<{ incidentId: number | undefined; needsProof: boolean }> {
      const incidents = await repository.findOpenIncidents(transaction);
      const own = incidents.find(({ factory }) => factory === good.factory);
      const unproved = incidents.filter(({ restoredAt }) => restoredAt === undefined);
      const isProof = good.isPizza || (await repository.countOrdersInLine(transaction)) === 0;
      if (isProof) {
        for (const open of unproved) {
          const isCoveredFor = good.isPizza && open.circuitOpenedAt !== undefined;
          if (open === own || isCoveredFor) await restore(transaction, open, good);
        }
      }
      // A probe had proved it before; the pizza proves more.
      if (own?.restoredBy === good.factory && good.isPizza && !own.isRestoredByPizza) {
        await repository.updateIncident(transaction, own.id, { isRestoredByPizza: true });
      }
      return {
        incidentId: own?.id,
        needsProof: own !== undefined && own.restoredAt === undefined && !isProof,
      };
    },

    async recordOpenedCircuit(
      transaction: Transaction,
      opened: { incidentId: number; at: Date; outcome: string },
    ): Promise<void> {
      const { incidentId, at, outcome } = opened;
      await repository.updateIncident(transaction, incidentId, { circuitOpenedAt: at });
      await repository.insertEvent(transaction, {
        incidentId,
        kind: 'circuit_opened',
        at,
        details: { outcome },
      });
    },

    /** A fact about a factory, for the timeline of its open incident if there is one. */
    async noteOfFactory(
      transaction: Transaction,
      note: { factory: string; kind: IncidentEventKind; at: Date },
    ): Promise<void> {
      const open = await repository.findOpenIncident(transaction, note.factory);
      if (open)
        await repository.insertEvent(transaction, { incidentId: open.id, kind: note.kind, at: note.at });
    },

    /** The report was answered and the fault goes on. Answers true the first time: then a person is called. */
    async escalate(
      transaction: Transaction,
      escalation: { incidentId: number; at: Date; outcome: string },
    ): Promise<boolean> {
      const { incidentId, at, outcome } = escalation;
      if (!(await repository.escalateOnce(transaction, incidentId, at))) return false;
      await repository.insertEvent(transaction, { incidentId, kind: 'escalated', at, details: { outcome } });
      return true;
    },

    /** Any other fact, for the timeline. */
    note: (
      queryable: Queryable,
      event: { incidentId: number; kind: IncidentEventKind; at?: Date; details?: Details },
    ): Promise<void> => repository.insertEvent(queryable, event),

    /** Part of each sweep: closes incidents that are over, and adds up what those did that are closed. */
    async runOnce(): Promise<void> {
      if (performance.now() - lookedAtMs < LOOK_EVERY_MS) return;
      lookedAtMs = performance.now();
      const restored = (await repository.findOpenIncidents(db)).filter(({ restoredAt }) => restoredAt);
      for (const open of restored) {
        // In a transaction, for the record of a fault may hold the incident's row: then it is replayed.
        await inTransaction(db, (transaction) => closeIfOver(transaction, open));
      }
      for (const id of await figures.findFiguresDue(db)) await figures.finishFigures(db, id);
    },
  };
}

export type IncidentRecorder = ReturnType<typeof createIncidentRecorder>;
