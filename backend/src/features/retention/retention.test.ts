import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RawBuilder, sql } from 'kysely';
import { aReportLink, aStoredOrder, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { readMetrics } from '../../../test/support/read-metrics.ts';
import { freeSweep } from '../../../test/support/sweep.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { createLogger } from '../../observability/logger.ts';
import { createRetention, type Sweep } from './retention.service.ts';

let service: TestService;
let diner: LoggedIn;
let orderId: number;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  diner = await aUser(service);
  orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'failed' });
});
beforeEach(() => freeSweep(service));
afterAll(() => service.stop());

interface Law {
  table: string;
  /** Rows of one age in days each, named `old` and `young` where they can be. */
  old: number;
  young: number;
  insert: (days: number) => RawBuilder<unknown>;
}

const daysAgo = (days: number) => sql`now(3) - interval ${days * 86_400} second`;
const A_SECOND = 1 / 86_400;
const named = (days: number): string => `row-${days}`;
const factory = 'http://factory.test';

const LAWS: Law[] = [
  {
    table: 'sessions',
    ...{ old: A_SECOND, young: -1 },
    insert: (days) =>
      sql`insert into sessions (id, user_id, expires_at) values (uuid(), ${diner.id}, ${daysAgo(days)})`,
  },
  {
    table: 'address_windows',
    ...{ old: 61 * A_SECOND, young: 50 * A_SECOND },
    insert: (days) =>
      sql`insert into address_windows (address, window_start, hits) values (${named(days)}, ${daysAgo(days)}, 1)`,
  },
  {
    table: 'log_in_tries',
    ...{ old: 1.01, young: 0.9 },
    insert: (days) =>
      sql`insert into log_in_tries (account_key, tries, blocked_until, updated_at) values (${named(days)}, 1, now(3), ${daysAgo(days)})`,
  },
  {
    table: 'factory_report_calls',
    ...{ old: 61 * A_SECOND, young: 50 * A_SECOND },
    insert: (days) =>
      sql`insert into factory_report_calls (factory, called_at) values (${factory}, ${daysAgo(days)})`,
  },
  {
    table: 'log_in_places',
    ...{ old: 31, young: 29 },
    insert: (days) =>
      sql`insert into log_in_places (user_id, place, last_log_in_at) values (${diner.id}, ${named(days)}, ${daysAgo(days)})`,
  },
  {
    table: 'nodes',
    ...{ old: 1.01, young: 0.9 },
    insert: (days) =>
      sql`insert into nodes (node, started_at, beat_at) values (${named(days)}, ${daysAgo(days)}, ${daysAgo(days)})`,
  },
  {
    table: 'idempotency_keys',
    ...{ old: 31, young: 29 },
    insert: (days) =>
      sql`insert into idempotency_keys (diner_id, idempotency_key, body_hash, bound_at) values (${diner.id}, ${named(days)}, 'hash', ${daysAgo(days)})`,
  },
  {
    table: 'audit_log',
    ...{ old: 401, young: 399 },
    insert: (days) =>
      sql`insert into audit_log (at, actor_id, action, subject_type, subject_id, details, request_id)
        values (${daysAgo(days)}, ${diner.id}, 'store.updated', 'store', 1, '{}', ${named(days)})`,
  },
  {
    table: 'factory_attempts',
    ...{ old: 91, young: 89 },
    insert: (days) =>
      sql`insert into factory_attempts (order_id, number, factory, node, started_at, total_ms, outcome)
        values (null, 1, ${factory}, 'node:1', ${daysAgo(days)}, 5, 'well')`,
  },
];

async function countRows(table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
    service.db,
  );
  return Number(rows[0]?.count);
}

describe('S49: of what grows', () => {
  it.each(LAWS)(
    '$table loses what is kept no longer, and nothing that is',
    async ({ table, old, young, insert }) => {
      await service.retention.runOnce();
      const before = await countRows(table);
      for (const days of [old, young, old + A_SECOND]) await insert(days).execute(service.db);
      const { metric } = await readMetrics(service);
      await freeSweep(service);
      expect(await service.retention.runOnce()).toBe('finished');
      expect(await countRows(table)).toBe(before + 1);
      const after = await readMetrics(service);
      const swept = (of: typeof metric) => of('pizza_rows_swept_total', { table }) ?? 0;
      expect(swept(after.metric) - swept(metric)).toBe(2);
    },
  );

  it('a report link goes when it has run out', async () => {
    await aReportLink(service, orderId);
    await aReportLink(service, await aStoredOrder(service, { dinerId: diner.id, state: 'failed' }));
    await sql`update order_report_links set expires_at = now(3) where order_id = ${orderId}`.execute(
      service.db,
    );
    await service.retention.runOnce();
    const links = await service.db.selectFrom('order_report_links').select('order_id').execute();
    expect(links.map((link) => link.order_id)).not.toContain(orderId);
    expect(links).toHaveLength(1);
  });

  it('an incident keeps its figures and loses its events and reports, a report after its links', async () => {
    const { incidentId } = await aReportLink(service, orderId);
    const { db } = service;
    await sql`insert into incident_events (incident_id, at, kind, details) values (${incidentId}, now(3), 'opened', '{}')`.execute(
      db,
    );
    const rowsOf = async (table: 'incident_events' | 'factory_reports'): Promise<number> =>
      (await db.selectFrom(table).select('id').where('incident_id', '=', incidentId).execute()).length;
    const sweep = async () => {
      await freeSweep(service);
      await service.retention.runOnce();
      return { events: await rowsOf('incident_events'), reports: await rowsOf('factory_reports') };
    };
    await sql`update incidents set closed_at = ${daysAgo(399)} where id = ${incidentId}`.execute(db);
    expect(await sweep()).toEqual({ events: 1, reports: 1 });
    await sql`update incidents set closed_at = ${daysAgo(401)} where id = ${incidentId}`.execute(db);
    expect(await sweep()).toEqual({ events: 0, reports: 1 });
    await sql`update order_report_links set expires_at = now(3)`.execute(db);
    expect(await sweep()).toEqual({ events: 0, reports: 0 });
    expect(await db.selectFrom('incidents').select('id').where('id', '=', incidentId).execute()).toHaveLength(
      1,
    );
  });

  it('fifty thousand expired sessions are gone after one round', async () => {
    const hourAgo = sql`now(3) - interval 1 hour`;
    const insert = sql`insert into sessions (id, user_id, expires_at)`;
    await sql`${insert} values (uuid(), ${diner.id}, ${hourAgo})`.execute(service.db);
    for (let doublings = 0; doublings < 16; doublings += 1)
      await sql`${insert} select uuid(), user_id, expires_at from sessions where expires_at < now(3)`.execute(
        service.db,
      );
    expect(await countRows('sessions')).toBeGreaterThan(50_000);
    expect(await service.retention.runOnce()).toBe('finished');
    expect(await countRows('sessions')).toBeLessThan(100);
  });
});

describe('S49: of several nodes', () => {
  it('one sweeps, and for five minutes after it no other', async () => {
    const other = await startTestService({ besides: service, isWorkerRunning: false });
    try {
      const ends = await Promise.all([service.retention.runOnce(), other.retention.runOnce()]);
      expect(ends.toSorted()).toEqual(['elsewhere', 'finished']);
      expect(await other.retention.runOnce()).toBe('elsewhere');
      await freeSweep(service);
      expect(await other.retention.runOnce()).toBe('finished');
    } finally {
      await other.stop();
    }
  });
});

describe('S49: a node that sweeps', () => {
  const node = 'node:1';
  const swept: string[] = [];
  const create = (sweeps: Sweep[]) =>
    createRetention({
      db: service.db,
      node,
      log: createLogger('silent'),
      metrics: { swept: (table, rows) => void swept.push(`${table} ${rows}`) },
      sweeps,
    });
  /** A table from which so many batches can be taken. */
  const ofBatches = (table: string, batches: number, beforeBatch: () => unknown = () => undefined): Sweep => {
    let left = batches;
    return {
      table,
      async sweepBatch(limit) {
        await beforeBatch();
        left -= 1;
        return { rows: limit, hasMore: left > 0 };
      },
    };
  };
  beforeEach(() => void swept.splice(0));

  it('takes a batch of each table in turn, so that a long one holds up no other', async () => {
    expect(await create([ofBatches('long', 3), ofBatches('short', 1)]).runOnce()).toBe('finished');
    expect(swept).toEqual(['long 500', 'short 500', 'long 500', 'long 500']);
  });

  it('stops when another has taken the right to it', async () => {
    const lose = () => sql`update retention_lease set node = 'other:1'`.execute(service.db);
    expect(await create([ofBatches('table', 3, lose)]).runOnce()).toBe('more');
    expect(swept).toEqual(['table 500']);
  });

  it('stops after the batch that is under way when the node ends', async () => {
    const retention = create([ofBatches('table', 1_000)]);
    retention.start();
    await retention.stop();
    expect(swept.length).toBeLessThanOrEqual(1);
  });

  it('goes on with the other tables when one cannot be swept, and does not call that finished', async () => {
    const broken = ofBatches('broken', 1, () => Promise.reject(new Error('no such table')));
    await sql`update retention_lease set finished_at = now(3) - interval 1 hour`.execute(service.db);
    expect(await create([broken, ofBatches('table', 1)]).runOnce()).toBe('broken');
    expect(swept).toEqual(['table 500']);
    const age = async () => (await readMetrics(service)).metric('pizza_retention_finished_seconds') ?? 0;
    expect(await age()).toBeGreaterThanOrEqual(3600);
    await freeSweep(service);
    await create([]).runOnce();
    expect(await age()).toBeLessThan(60);
  });
});
