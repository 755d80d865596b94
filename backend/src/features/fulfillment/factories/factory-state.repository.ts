import { sql } from 'kysely';
import type { AttemptOutcome } from '#contract/order-lifecycle.ts';
import { databaseNow } from '../../../database/lease-clock.ts';
import type { Queryable } from '../../../database/transaction.ts';
import type { Circuit } from './circuit.ts';

/** What all nodes know of one factory. */
export interface FactoryState extends Circuit {
  origin: string;
  /** Calls that began before this say nothing about the factory of now: it was cured, or its circuit closed. */
  healedAt: Date | undefined;
  /** A report was answered, and no call has proved its effect yet. */
  isCureUnproved: boolean;
  heldAt: Date | undefined;
  /** The database's time when this was read. */
  now: Date;
}

function stateQuery(db: Queryable) {
  return db.selectFrom('factories').selectAll().select(databaseNow.as('now'));
}

type FactoryRow = Awaited<ReturnType<ReturnType<typeof stateQuery>['executeTakeFirstOrThrow']>>;

function toState(row: FactoryRow): FactoryState {
  return {
    origin: row.origin,
    failures: row.failures,
    openedAt: row.opened_at ?? undefined,
    openedBy: (row.opened_by as AttemptOutcome | null) ?? undefined,
    trials: row.trials,
    nextTrialAt: row.next_trial_at ?? undefined,
    healedAt: row.healed_at ?? undefined,
    isCureUnproved: Boolean(row.is_cure_unproved),
    heldAt: row.held_at ?? undefined,
    now: row.now,
  };
}

/** Sees to it that each configured factory has its row. */
export async function ensureFactories(db: Queryable, origins: readonly string[]): Promise<void> {
  await db
    .insertInto('factories')
    .ignore()
    .values(origins.map((origin) => ({ origin })))
    .execute();
}

/** Reads a factory's state and locks it until the transaction ends. */
export async function lockFactory(db: Queryable, origin: string): Promise<FactoryState> {
  const locked = () => stateQuery(db).where('origin', '=', origin).forUpdate().executeTakeFirst();
  const row = await locked();
  if (row) return toState(row);
  await ensureFactories(db, [origin]);
  const made = await locked();
  if (!made) throw new Error('a factory has no row');
  return toState(made);
}

export async function saveFactory(
  db: Queryable,
  origin: string,
  state: Omit<FactoryState, 'origin' | 'now'>,
): Promise<void> {
  await db
    .updateTable('factories')
    .set({
      failures: state.failures,
      opened_at: state.openedAt ?? null,
      opened_by: state.openedBy ?? null,
      trials: state.trials,
      next_trial_at: state.nextTrialAt ?? null,
      healed_at: state.healedAt ?? null,
      is_cure_unproved: state.isCureUnproved,
      held_at: state.heldAt ?? null,
    })
    .where('origin', '=', origin)
    .execute();
}

/** What the dispatch of orders looks at: the state, and whether an incident of it waits for the first good pizza. */
export interface FactorySnapshot extends FactoryState {
  needsProof: boolean;
  /** When a probe may be made, if nobody asks the factory anything before. */
  probeDueAt: Date;
}

/** What `toSnapshot` makes a snapshot of, for whoever wants to read more in the same statement. */
export function snapshotQuery(db: Queryable, origins: readonly string[]) {
  return stateQuery(db)
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('incidents')
            .select('incidents.id')
            .whereRef('incidents.open_factory', '=', 'factories.origin')
            .where('restored_at', 'is', null),
        )
        .as('needs_proof'),
    )
    .where('origin', 'in', [...origins]);
}

type SnapshotRow = Awaited<ReturnType<ReturnType<typeof snapshotQuery>['execute']>>[number];

export function toSnapshot(row: SnapshotRow): FactorySnapshot {
  return { ...toState(row), needsProof: Boolean(row.needs_proof), probeDueAt: row.probe_due_at };
}

export async function readFactories(db: Queryable, origins: readonly string[]): Promise<FactorySnapshot[]> {
  return (await snapshotQuery(db, origins).execute()).map(toSnapshot);
}

/** Takes the right to the one attempt an open circuit lets through; exactly one node gets it. */
export async function takeHalfOpenAttempt(
  db: Queryable,
  attempt: { origin: string; trials: number; nextDelayMs: number },
): Promise<boolean> {
  const result = await db
    .updateTable('factories')
    .set({
      trials: attempt.trials + 1,
      next_trial_at: sql<Date>`now(3) + interval ${attempt.nextDelayMs * 1000} microsecond`,
    })
    .where('origin', '=', attempt.origin)
    .where('trials', '=', attempt.trials)
    .where('opened_at', 'is not', null)
    .where('held_at', 'is', null)
    .where('next_trial_at', '<=', databaseNow)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Takes the right to probe a factory that nobody has asked anything for `quietMs`; exactly one node gets it, and
 * keeps it for `leaseMs` at most.
 */
export async function takeProbe(
  db: Queryable,
  probe: { origin: string; quietMs: number; leaseMs: number },
): Promise<boolean> {
  const result = await db
    .updateTable('factories')
    .set({ probe_due_at: sql<Date>`now(3) + interval ${probe.leaseMs * 1000} microsecond` })
    .where('origin', '=', probe.origin)
    .where('held_at', 'is', null)
    .where('probe_due_at', '<=', databaseNow)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('factory_attempts')
            .select('id')
            .where('factory', '=', probe.origin)
            .where('order_id', 'is not', null)
            .where(
              'started_at',
              '>',
              sql<Date>`now(3) - interval ${Math.round(probe.quietMs * 1000)} microsecond`,
            ),
        ),
      ),
    )
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Records what a probe came to; the next one may follow after `quietMs`. */
export async function endProbe(
  db: Queryable,
  probe: { origin: string; outcome: string; quietMs: number },
): Promise<void> {
  await db
    .updateTable('factories')
    .set({
      probed_at: databaseNow,
      probe_outcome: probe.outcome,
      probe_due_at: sql<Date>`now(3) + interval ${Math.round(probe.quietMs * 1000)} microsecond`,
    })
    .where('origin', '=', probe.origin)
    .execute();
}

/** The next probe may follow at once: it is to prove a cure that no order is there to prove. */
export async function makeProbeDue(db: Queryable, origin: string): Promise<void> {
  await db.updateTable('factories').set({ probe_due_at: databaseNow }).where('origin', '=', origin).execute();
}

const WOKEN_EARLIEST_MS = 100;
const WOKEN_SPREAD_MS = 400;

/** Whatever held the waiting orders up is over: each is due in U(0.1, 0.5) s, as far as the dispatch lets it. */
export async function wakeWaitingOrders(db: Queryable): Promise<void> {
  await db
    .updateTable('orders')
    .set({
      next_attempt_at: sql<Date>`now(3) + interval
        (${WOKEN_EARLIEST_MS * 1000} + floor(rand() * ${WOKEN_SPREAD_MS * 1000})) microsecond`,
    })
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '>', sql<Date>`now(3) + interval ${WOKEN_EARLIEST_MS * 1000} microsecond`)
    .execute();
}
