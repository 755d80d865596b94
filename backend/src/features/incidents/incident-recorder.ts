import type { Database } from '../../database/pool.ts';
import { inTransaction, type Queryable, type Transaction } from '../../database/transaction.ts';
import type { IncidentEventKind, IncidentMode } from './incident-record.ts';
import * as repository from './incidents.repository.ts';

/** Without another fault for this long an incident that is restored is over. */
const QUIET_MS = 60_000;
// Figures of an open incident are brought up to date this often, however often the worker sweeps.
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
    await repository.updateIncident(transaction, open.id, {
      lastFaultAt: fault.now,
      ...(isBroken && { restoredAt: null, restoredBy: null, lineEmptyAt: null }),
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

  async function restore(
    transaction: Transaction,
    open: repository.OpenIncident,
    good: { factory: string; isPizza: boolean; now: Date },
  ): Promise<void> {
    const { factory: by, now: at, isPizza } = good;
    await repository.updateIncident(transaction, open.id, { restoredAt: at, restoredBy: by });
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

  async function bringUpToDate(transaction: Transaction, open: repository.OpenIncident): Promise<void> {
    await repository.refreshFigures(transaction, open.id);
    if (!open.restoredAt) return;
    const isEmpty = (await repository.countOrdersInLine(transaction)) === 0;
    if (isEmpty && !open.lineEmptyAt && (await repository.markLineEmpty(transaction, open.id))) {
      await repository.insertEvent(transaction, { incidentId: open.id, kind: 'line_empty' });
    }
    if (isEmpty && (await repository.closeQuietIncident(transaction, open.id, QUIET_MS))) {
      await repository.refreshFigures(transaction, open.id);
      await repository.insertEvent(transaction, { incidentId: open.id, kind: 'closed' });
    }
  }

  return {
    /** A bad outcome: opens an incident, or is part of the open one. Answers its id. */
    async recordFault(transaction: Transaction, fault: Fault): Promise<number> {
      const open = await repository.findOpenIncident(transaction, fault.factory);
      if (open) {
        await recordFaultAgain(transaction, open, fault);
        return open.id;
      }
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

    /** Part of each sweep: brings the figures of open incidents up to date and closes those that are over. */
    async runOnce(): Promise<void> {
      if (performance.now() - lookedAtMs < LOOK_EVERY_MS) return;
      lookedAtMs = performance.now();
      for (const open of await repository.findOpenIncidents(db)) {
        // In a transaction, for the record of a fault may hold the incident's row: then it is replayed.
        await inTransaction(db, (transaction) => bringUpToDate(transaction, open));
      }
    },
  };
}

export type IncidentRecorder = ReturnType<typeof createIncidentRecorder>;
