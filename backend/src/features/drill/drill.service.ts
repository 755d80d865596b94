import type { Outages } from '../../../outages/outages.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction } from '../../database/transaction.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../audit/audit.repository.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { SimulatorClient } from '../fulfillment/factories/simulator.client.ts';
import * as repository from './drill.repository.ts';
import { type DrillMode, endOf, scoreDrill } from './drill-score.ts';

const RUNS_SHOWN = 8;

interface DrillDeps {
  db: Database;
  audit: Audit;
  /** Only where the factory is simulated. */
  simulator: SimulatorClient | undefined;
  /** Of the factory that is played with: the first one. */
  origin: string;
  outages: Outages;
  /** The figures of an incident that is open are added up when they are asked for. */
  bringIncidentsUpToDate: () => Promise<void>;
}

/**
 * Breaks the simulated factory on purpose, for a while. The simulator itself counts the time, so the factory is well
 * again whatever becomes of this process; what is on record of a drill is its mode and its time, and its score is read
 * from the incident it caused.
 */
export function createDrill({ db, audit, simulator, origin, outages, ...deps }: DrillDeps) {
  function playable(): SimulatorClient {
    if (!simulator) throw new Refusal('unknown_endpoint', { message: 'unknown endpoint' });
    return simulator;
  }

  async function readRun(row: repository.DrillRow) {
    const score = scoreDrill(row, outages);
    const period = { from: row.started_at, to: score.endedAt ?? row.now };
    return { row, score, ordersPlaced: await repository.countPlaced(db, period) };
  }

  async function readRuns(limit: number) {
    await deps.bringIncidentsUpToDate();
    const rows = await repository.findDrills(db, { factory: origin, limit });
    return Promise.all(rows.map(readRun));
  }

  async function begin(fault: { mode: DrillMode; seconds: number }, actor: Actor): Promise<void> {
    const refuse = (message: string) => new Refusal('state_conflict', { message });
    await inTransaction(db, async (transaction) => {
      const { isHeld, isIll } = await repository.lockFactory(transaction, origin);
      if (isHeld) throw refuse('the orders are held: nothing would meet the fault');
      const [last] = await repository.findDrills(transaction, { factory: origin, limit: 1 });
      if (last && endOf(last).endedAt === null) throw refuse('a drill is going on');
      if (isIll) throw refuse('an incident is open: it closes a minute after its last fault');
      const id = await repository.insertDrill(transaction, { factory: origin, ...fault });
      const subject = { type: 'drill', id } as const;
      await audit.record(transaction, { actor, action: 'drill.started', subject, details: fault });
    });
  }

  return {
    isPlayable: simulator !== undefined,
    outages,

    readRuns: () => readRuns(RUNS_SHOWN),

    /** Throws `unknown_endpoint`, `state_conflict` while another drill or an incident goes on, `unavailable`. */
    async start(fault: { mode: DrillMode; seconds: number }, actor: Actor) {
      const client = playable();
      await begin(fault, actor);
      try {
        await client.setFault(fault.mode, { durationMs: fault.seconds * 1_000 });
      } catch (error) {
        await repository.stopDrills(db, origin);
        throw error;
      }
      const [run] = await readRuns(1);
      if (!run) throw new Error('the drill that was started is not on record');
      return run;
    },

    /** Throws `unknown_endpoint`, `unavailable`. */
    async stop(actor: Actor): Promise<void> {
      await playable().setFault('none');
      await inTransaction(db, async (transaction) => {
        const [last] = await repository.findDrills(transaction, { factory: origin, limit: 1 });
        if (!last || endOf(last).endedAt !== null) return;
        await repository.stopDrills(transaction, origin);
        const subject = { type: 'drill', id: last.id } as const;
        await audit.record(transaction, { actor, action: 'drill.stopped', subject, details: {} });
      });
    },
  };
}

export type Drill = ReturnType<typeof createDrill>;
export type DrillRun = Awaited<ReturnType<Drill['readRuns']>>[number];
