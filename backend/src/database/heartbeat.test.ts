import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { Connection } from 'mysql2/promise';
import { aStoredOrder, aUser } from '../../test/support/builders.ts';
import { eventually } from '../../test/support/eventually.ts';
import { holdPerformance } from '../../test/support/fake-performance.ts';
import { inTheOven, placeOrder, UNTIL_RESET } from '../../test/support/order-flow.ts';
import {
  endLease,
  historyIsPath,
  readAttempts,
  readHistory,
  readOrderRow,
} from '../../test/support/order-rows.ts';
import { type OwnServer, startOwnServer } from '../../test/support/own-server.ts';
import { expectProblem } from '../../test/support/problem.ts';
import { readMetrics } from '../../test/support/read-metrics.ts';
import { createTestDatabase } from '../../test/support/test-database.ts';
import { startTestService, type TestService } from '../../test/support/test-service.ts';
import { migrate } from './migrate.ts';

const SOON_MS = 10_000;
/** The same order of things as in production, twenty times as fast; but a busy machine may be slow to renew a lease. */
const QUICK = { everyMs: 100, givenUpAfterMs: 200, freshForMs: 300, stallMs: 400, steadyForMs: 30_000 };
const LEASE_LEFT_MS = 1_500;

const isReady = async (service: TestService): Promise<boolean> =>
  (await service.http.get('/health/ready')).status === 200;
const becomesReady = (service: TestService) =>
  eventually('the node is ready', () => isReady(service), SOON_MS);
const becomesUnready = (service: TestService) =>
  eventually('the node is not ready', async () => !(await isReady(service)), SOON_MS);

describe('on a server of its own', () => {
  let server: OwnServer;
  let service: TestService;
  beforeAll(async () => {
    server = await startOwnServer();
    service = await startTestService({ database: server.database, heartbeatTimes: QUICK, random: () => 0 });
  });
  afterEach(async () => {
    server.thaw();
    await service.factory.reset();
  });
  afterAll(async () => {
    server.thaw();
    await service.stop();
    await server.stop();
  });

  it('readiness is 503 while the database is frozen, is told at once, and comes back with it', async () => {
    await becomesReady(service);
    server.freeze();
    await becomesUnready(service);
    expectProblem(await service.http.get('/health/ready'), 'unavailable');
    await service.http.get('/health/live').expect(200);
    server.thaw();
    await becomesReady(service);
  });

  it('readiness is 503 while the server is read-only, though it answers, and comes back with it', async () => {
    // Who administers a server may write to it all the same.
    const admin = await server.connectAsRoot();
    await admin.query("create user app@'127.0.0.1' identified by 'app'");
    await admin.query("grant all on *.* to app@'127.0.0.1'");
    await admin.query(
      (await isMariadb(admin))
        ? "revoke super, read_only admin on *.* from app@'127.0.0.1'"
        : "revoke super, connection_admin on *.* from app@'127.0.0.1'",
    );
    const url = new URL(server.database.url);
    [url.username, url.password] = ['app', 'app'];
    const node = await startTestService({
      besides: service,
      settings: { DATABASE_URL: url.href },
      heartbeatTimes: QUICK,
      isWorkerRunning: false,
    });
    try {
      await becomesReady(node);
      await admin.query('set global read_only = 1');
      await becomesUnready(node);
      await node.http.get('/api/order/menu').expect(200);
      await admin.query('set global read_only = 0');
      await becomesReady(node);
    } finally {
      await admin.query('set global read_only = 0');
      await admin.end();
      await node.stop();
    }
  });

  it('a stall is no crash: of orders that two nodes are making none is counted or baked twice', async () => {
    const other = await startTestService({ besides: service, heartbeatTimes: QUICK, random: () => 0 });
    try {
      await service.factory.setFault('throttle', UNTIL_RESET);
      const orderIds: number[] = [];
      for (const node of [service, other, service, other]) {
        const { orderId } = await placeOrder(node);
        await inTheOven(service, orderId);
        orderIds.push(orderId);
      }
      // What remains of a lease ends while the database is frozen.
      await sql`update orders set lease_until = now(3) + interval ${LEASE_LEFT_MS * 1_000} microsecond
        where state = 'making'`.execute(service.db);
      const leaseEndMs = Date.now() + LEASE_LEFT_MS;
      server.freeze();
      await eventually(
        'both know that nobody could renew a lease',
        () => Date.now() > leaseEndMs && ![service, other].some(({ heartbeat }) => heartbeat.mayTakeOver()),
        SOON_MS,
      );
      server.thaw();
      await eventually(
        'both have renewed their leases',
        async () => {
          const { rows } = await sql`select id from orders
            where state = 'making' and lease_until > now(3) + interval 5 second`.execute(service.db);
          return rows.length === orderIds.length;
        },
        SOON_MS,
      );
      await service.factory.reset();
      for (const orderId of orderIds) {
        await eventually(
          `order ${orderId} is ready`,
          async () => (await readOrderRow(service, orderId)).state === 'ready',
          SOON_MS,
        );
        expect(await readOrderRow(service, orderId)).toMatchObject({ crashed_claims: 0 });
        const history = await readHistory(service, orderId);
        expect(historyIsPath(history)).toBe(true);
        expect(history.map(({ to }) => to)).toEqual(['making', 'ready']);
        expect(await readAttempts(service, orderId)).toMatchObject([{ number: 1, outcome: 'made_slow' }]);
      }
    } finally {
      server.thaw();
      await other.stop();
    }
  });
});

async function isMariadb(connection: Connection): Promise<boolean> {
  const [rows] = await connection.query('select version() as version');
  return /mariadb/i.test(JSON.stringify(rows));
}

describe('a node', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ isWorkerRunning: false, heartbeatTimes: { everyMs: 50 } });
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  afterAll(() => service.stop());

  const readBeat = async (): Promise<number> => {
    const { rows } = await sql<{ at: Date }>`select max(beat_at) as at from nodes`.execute(service.db);
    return rows[0]?.at.getTime() ?? 0;
  };
  const nextBeat = async (): Promise<void> => {
    const before = await readBeat();
    // The second one from now began after everything that was done before.
    for (let beats = 1, last = before; beats <= 2; beats += 1) {
      last = await eventually('another heartbeat', async () => laterThan(last, await readBeat()), SOON_MS);
    }
  };

  it('that missed the database for more than 5 s takes nobody over before it answered for 15 s', async () => {
    const diner = await aUser(service);
    const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'making' });
    await endLease(service, orderId);
    holdPerformance();
    await nextBeat();
    jest.advanceTimersByTime(5_001);
    expect(service.heartbeat.mayTakeOver()).toBe(false);
    await nextBeat();
    for (const stepMs of [5_000, 5_000, 4_999]) {
      expect(service.heartbeat.mayTakeOver()).toBe(false);
      await service.worker.runOnce();
      expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'making', crashed_claims: 0 });
      jest.advanceTimersByTime(stepMs);
      await nextBeat();
    }
    expect(service.heartbeat.mayTakeOver()).toBe(false);
    jest.advanceTimersByTime(1);
    expect(service.heartbeat.mayTakeOver()).toBe(true);
    await service.worker.runOnce();
    expect(await readOrderRow(service, orderId)).toMatchObject({ crashed_claims: 1 });
  });

  it('is ready for 6 s after its last heartbeat, and no longer', async () => {
    holdPerformance();
    await nextBeat();
    await service.heartbeat.stop();
    jest.advanceTimersByTime(6_000);
    await service.http.get('/health/ready').expect(200);
    expect((await readMetrics(service)).metric('pizza_heartbeat_fresh')).toBe(1);
    jest.advanceTimersByTime(1);
    expectProblem(await service.http.get('/health/ready'), 'unavailable');
    expect((await readMetrics(service)).metric('pizza_heartbeat_fresh')).toBe(0);
  });

  it('keeps one row of its own', async () => {
    const { rows } = await sql<{ node: string }>`select node from nodes order by node`.execute(service.db);
    expect(rows.map(({ node }) => node)).toEqual([expect.stringMatching(/^.+:\d+:[0-9a-f]{6}$/)]);
  });

  it('is not ready on a schema that is not up to date, and is as soon as it is', async () => {
    const database = await createTestDatabase();
    const early = await startTestService({
      besides: service,
      settings: { DATABASE_URL: database.url },
      heartbeatTimes: { everyMs: 50 },
      isWorkerRunning: false,
    });
    expectProblem(await early.http.get('/health/ready'), 'unavailable');
    await migrate(early.db);
    await becomesReady(early);
    await early.stop();
    await database.drop();
  });
});

function laterThan(before: number, at: number): number | undefined {
  return at > before ? at : undefined;
}
