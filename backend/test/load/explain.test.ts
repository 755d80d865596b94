import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CompiledQuery, sql } from 'kysely';
import { type Connection, createConnection } from 'mysql2/promise';
import { createFigures } from '../../src/database/migrations/0004-figures.ts';
import { hasMadeOthers } from '../../src/features/fulfillment/factories/attempts.repository.ts';
import {
  findLastOfNext,
  readActualFigures,
} from '../../src/features/fulfillment/figures/figures.repository.ts';
import { hasUnfolded } from '../../src/features/fulfillment/figures/fold.repository.ts';
import { foldUnfolded } from '../../src/features/fulfillment/figures/fold-figures.ts';
import { createInvariants } from '../../src/features/fulfillment/invariants/invariants.service.ts';
import {
  findAbandonedOrders,
  findDueOrders,
} from '../../src/features/fulfillment/orders/lease.repository.ts';
import { lookForWork } from '../../src/features/fulfillment/orders/sweep-look.repository.ts';
import {
  findUnsettledFigures,
  refreshFigures,
} from '../../src/features/incidents/incident-figures.repository.ts';
import { insertIncident } from '../../src/features/incidents/incidents.repository.ts';
import { findOperationsVersions } from '../../src/features/operations/operations-versions.repository.ts';
import { findOrderVersions } from '../../src/features/orders/order-versions.repository.ts';
import { aUser, type LoggedIn } from '../support/builders.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { explain, recordStatements, usedKeys, wholeTables } from './explained.ts';
import {
  analyzeTables,
  BUSY_DINER_ID,
  BUSY_DINER_ORDERS,
  BUSY_FRANCHISE_ID,
  buildLargeShop,
  DEEP_PAGE,
  LARGE_SHOP,
} from './large-shop.ts';
import { READINGS, SESSION } from './readings.ts';
import { describeTimes, staffQuestions, timeQuestions } from './staff-questions.ts';

// The two hundred thousand orders of the night take a quarter of a minute to write, and far more on a busy machine.
const SEEDING_MS = 240_000;
jest.setTimeout(60_000);

let service: TestService;
let connection: Connection;
let diner: LoggedIn;
let franchisee: LoggedIn;
let admin: LoggedIn;
let recorder: { take(): CompiledQuery[] };

beforeAll(async () => {
  service = await startTestService({ heartbeatTimes: { everyMs: 3_600_000 }, isWorkerRunning: false });
  diner = await aUser(service);
  franchisee = await aUser(service, [{ role: 'franchisee', objectId: BUSY_FRANCHISE_ID }]);
  admin = await aUser(service, [{ role: 'admin' }]);
  await buildLargeShop(service.config.databaseUrl);
  // The migration counts what was sold before it, in two statements.
  await createFigures.up(service.db as never);
  connection = await createConnection(service.config.databaseUrl);
  await analyzeTables(connection);
  recorder = recordStatements([service.db, service.databases.reports]);
}, SEEDING_MS);

afterAll(async () => {
  await connection?.end();
  await service?.stop();
}, SEEDING_MS);

async function explainAll(statements: CompiledQuery[]) {
  const explained = [];
  for (const statement of statements) explained.push(await explain(connection, statement));
  return explained;
}

describe(`with ${LARGE_SHOP.orders} orders`, () => {
  it('the shop is as large as it says, and its busy diner has a page that is far from the first', async () => {
    const [rows] = await connection.query(
      'select count(*) as count, sum(diner_id = ?) as ofDiner from orders',
      [BUSY_DINER_ID],
    );
    const [{ count, ofDiner }] = rows as [{ count: number; ofDiner: string }];
    expect(count).toBe(LARGE_SHOP.orders);
    expect(Number(ofDiner)).toBeGreaterThan(DEEP_PAGE * 10);
    expect(diner.id).toBe(BUSY_DINER_ID);
    const answer = await service.http.get(`/api/order?page=${DEEP_PAGE}`).set(diner.bearer).expect(200);
    expect(answer.body.orders).toHaveLength(10);
  });

  it.each(READINGS)('reading $what uses its index and reads no table whole', async ({ as, paths, keys }) => {
    const counts: number[] = [];
    for (const path of paths) {
      const linesBefore = service.logLines().filter(({ message }) => /statement/.test(message)).length;
      recorder.take();
      await service.http.get(path).set({ diner, franchisee, admin }[as].bearer).expect(200);
      const statements = recorder.take();
      // The log is the witness that nothing passed by the recorder.
      const logged =
        service.logLines().filter(({ message }) => /statement/.test(message)).length - linesBefore;
      expect(statements).toHaveLength(logged);
      counts.push(statements.length);
      const explained = await explainAll(statements);
      expect(explained.flatMap(wholeTables)).toEqual([]);
      expect(usedKeys(explained)).toEqual(expect.arrayContaining([...SESSION, ...keys]));
    }
    expect(new Set(counts).size).toBe(1);
  });

  it('every question of a staff page is answered (milliseconds are figures, the target is 300)', async () => {
    const people = { admin, franchisee };
    const times = await timeQuestions(service.http, staffQuestions(BUSY_FRANCHISE_ID, franchisee.id), people);
    process.stdout.write(describeTimes(times));
    expect(times.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('a statement that no index serves is noticed', async () => {
    recorder.take();
    await service.db.selectFrom('orders').select('id').where('reason', '=', 'busy').limit(1).execute();
    await service.db.selectFrom('order_items').select('order_id').where('title', '=', 'Veggie').execute();
    const explained = await explainAll(recorder.take());
    expect(explained.flatMap(wholeTables).map(({ table }) => table)).toEqual(['orders', 'order_items']);
  });

  it('the orders that are followed are looked at in one statement, by their ids and the queue by its state', async () => {
    const waiting = await findDueOrders(service.db, { limit: 16, leastCrashes: 0, mostCrashes: 0 });
    const followed = [...waiting.map(({ orderId }) => orderId), ...BUSY_DINER_ORDERS];
    recorder.take();
    const versions = await findOrderVersions(service.db, followed);
    const statements = recorder.take();
    expect(statements).toHaveLength(1);
    const explained = await explainAll(statements);
    expect(explained.flatMap(wholeTables)).toEqual([]);
    const ofState = expect.stringMatching(/^orders\.orders_(due|by_lease)$/);
    expect(usedKeys(explained)).toEqual(['orders.PRIMARY', ofState]);
    expect(versions.map(({ orderId }) => orderId).sort()).toEqual(followed.sort());
    expect(versions.filter(({ placeInLine }) => placeInLine === undefined)).toHaveLength(2);
  });

  it('the operations page is answered its data while somebody looks: how fast, as a figure', async () => {
    for (const part of ['factory', 'queue', 'failed-orders', 'figures', 'incidents', 'drill']) {
      const startedAt = performance.now();
      await service.http.get(`/api/operations/${part}`).set(admin.bearer).expect(200);
      process.stdout.write(`operations, ${part}: ${Math.round(performance.now() - startedAt)} ms\n`);
    }
  });

  it('what operators see is looked at in one statement, at the ends of its indexes', async () => {
    recorder.take();
    await findOperationsVersions(service.db);
    const statements = recorder.take();
    expect(statements).toHaveLength(1);
    expect((await explainAll(statements)).flatMap(wholeTables)).toEqual([]);
  });

  it('the invariants of the last hours are looked at without reading a table whole', async () => {
    recorder.take();
    const startedAt = performance.now();
    await createInvariants(service.db).check({ placedWithinHours: 1 });
    process.stdout.write(`invariants of the last hour: ${Math.round(performance.now() - startedAt)} ms\n`);
    const explained = await explainAll(recorder.take());
    expect(explained.length).toBeGreaterThan(10);
    expect(explained.flatMap(wholeTables)).toEqual([]);
  });

  it('whether an order is poison is told by its own attempts and those of its factory since', async () => {
    const orderId = 2;
    await sql`insert into factory_attempts (order_id, number, factory, node, started_at, total_ms, outcome)
      values (${orderId}, 1, 'http://factory.test', 'node:1', now(3) - interval 1 hour, 5, 'error')`.execute(
      service.db,
    );
    recorder.take();
    const poison = { orderId, factory: 'http://factory.test', failures: 1, atLeast: 3 };
    await hasMadeOthers(service.db, poison);
    const statements = recorder.take();
    expect(statements).toHaveLength(2);
    const explained = await explainAll(statements);
    expect(explained.flatMap(wholeTables)).toEqual([]);
    // With one factory the one is as good as the other.
    const ofFactory = expect.stringMatching(/^factory_attempts\.factory_attempts_by_(factory|time)$/);
    expect(usedKeys(explained).sort()).toEqual(
      expect.arrayContaining(['factory_attempts.factory_attempts_by_order', ofFactory]),
    );
  });

  it('the figures of an open incident are read by the times of the transitions within it', async () => {
    const now = new Date();
    const startedAt = new Date(now.getTime() - 600_000);
    const fault = { factory: 'http://factory.test', mode: 'error', detectedBy: 'order' } as const;
    const incidentId = await insertIncident(service.db, { ...fault, startedAt, now });
    recorder.take();
    await refreshFigures(service.db, incidentId);
    await findUnsettledFigures(service.db);
    const explained = await explainAll(recorder.take());
    expect(explained.flatMap(wholeTables)).toEqual([]);
    expect(usedKeys(explained)).toEqual(
      expect.arrayContaining(['t.order_transitions_by_time', 'o.PRIMARY', 'incidents.incidents_one_open']),
    );
  });

  it('a recompute reads its part of the orders of one store, and no table whole', async () => {
    const next = { storeId: 1, afterId: 0, count: 500 };
    recorder.take();
    const untilId = await findLastOfNext(service.db, next);
    await readActualFigures(service.db, { ...next, untilId });
    const explained = await explainAll(recorder.take());
    expect(explained.flatMap(wholeTables)).toEqual([]);
    const ofStore = expect.stringMatching(/^o\.(orders_by_store|orders_by_store_and_state|PRIMARY)$/);
    expect(usedKeys(explained)).toEqual(expect.arrayContaining([ofStore, 'orders.orders_by_store']));
  });

  it('a fold reads what is unfolded and what belongs to it, and no table whole', async () => {
    const unfold = (count: number) => sql`
      update order_transitions set is_unfolded = 1 where to_state in ('ready', 'failed') order by id desc limit ${sql.lit(count)}`;
    await unfold(900).execute(service.db);
    await connection.query('analyze table order_transitions');
    await service.db.connection().execute(async (one) => {
      // A transaction of its own would not be recorded, and a connection is.
      const recorded = recordStatements([one]);
      await sql`begin`.execute(one);
      expect(await hasUnfolded(one)).toBe(true);
      expect(await foldUnfolded(one as never)).toBe(900);
      await sql`commit`.execute(one);
      const statements = recorded.take().filter((statement) => !/^(begin|commit)$/.test(statement.sql));
      const explained = await explainAll(statements);
      expect(explained.flatMap(wholeTables)).toEqual([]);
      expect(usedKeys(explained)).toEqual(
        expect.arrayContaining(['order_transitions.order_transitions_unfolded', 'order_transitions.PRIMARY']),
      );
    });
  });

  it('S49: sweeping finds what is kept no longer by its indexes, and no table is read whole', async () => {
    recorder.take();
    expect(await service.retention.runOnce()).toBe('finished');
    const statements = recorder.take().filter(({ sql: text }) => !text.includes('retention_'));
    const explained = await explainAll([
      ...statements,
      // Where the history begins is a statement of its own, and nothing of this shop is old.
      sql`select at from order_transitions where at < now(3) - interval 1 day order by at limit 500`.compile(
        service.db,
      ),
    ]);
    expect(explained.flatMap(wholeTables)).toEqual([]);
    expect(usedKeys(explained)).toEqual(
      expect.arrayContaining([
        'order_transitions.order_transitions_by_time',
        expect.stringMatching(/^a\.factory_attempts_by_time$/),
        'audit_log.audit_log_by_time',
        'sessions.sessions_by_expiry',
      ]),
    );
  });

  it('the worker finds what is due and what was abandoned by its indexes', async () => {
    recorder.take();
    expect(await findDueOrders(service.db, { limit: 16, leastCrashes: 0, mostCrashes: 0 })).toHaveLength(16);
    const due = await explainAll(recorder.take());
    expect(usedKeys(due)).toEqual(['orders.orders_due']);
    await findAbandonedOrders(service.db, 50);
    const abandoned = await explainAll(recorder.take());
    expect(usedKeys(abandoned)).toEqual(['orders.orders_by_lease']);
    const origins = service.fulfillment.origins;
    const look = await lookForWork(service.db, { origins, node: 'node:1', mostCrashes: 3 });
    expect(look.nextDueInMs).toBeLessThanOrEqual(0);
    expect([...due, ...abandoned, ...(await explainAll(recorder.take()))].flatMap(wholeTables)).toEqual([]);
  });
});
