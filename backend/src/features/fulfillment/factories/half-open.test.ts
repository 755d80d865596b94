import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { aStoredOrder, aUser } from '../../../../test/support/builders.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { attemptEnded, stateOf } from '../../../../test/support/order-flow.ts';
import { forgetFaults, readAttempts, readOrderRow } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

const SOON_MS = 10_000;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
});
beforeEach(async () => {
  await sql`update orders set state = 'cancelled' where state = 'waiting'`.execute(service.db);
  await forgetFaults(service);
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

async function aWaitingOrder(failures = 0): Promise<number> {
  const diner = await aUser(service);
  const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' });
  await service.db
    .updateTable('orders')
    .set({ answered_failures: failures })
    .where('id', '=', orderId)
    .execute();
  return orderId;
}

const openCircuit = (dueInSeconds: number) =>
  sql`update factories set failures = 5, opened_at = now(3), opened_by = 'error', trials = 0,
    next_trial_at = now(3) + interval ${dueInSeconds} second`.execute(service.db);

/** Its one attempt made it, and what that told of the factory is written. */
const isReady = async (orderId: number): Promise<void> =>
  expect(await attemptEnded(service, orderId, 1)).toBe('ready');

async function makeAllDue(): Promise<void> {
  await sql`update orders set next_attempt_at = now(3) where state = 'waiting'`.execute(service.db);
}

it('an open circuit lets nothing through before its half-open attempt is due, however many orders are', async () => {
  const orderId = await aWaitingOrder();
  await openCircuit(60);
  await makeAllDue();
  await service.worker.runOnce();
  expect(await readAttempts(service, orderId)).toEqual([]);
});

it('an open circuit whose half-open attempt is due lets one order through, the oldest, due or not; its pizza closes it', async () => {
  const [oldest, second, third] = [await aWaitingOrder(), await aWaitingOrder(), await aWaitingOrder()];
  await openCircuit(-1);
  await service.worker.runOnce();
  await isReady(oldest);
  expect(await readAttempts(service, second)).toEqual([]);
  await eventually(
    'the circuit is closed and the others are woken',
    async () => {
      await service.worker.runOnce();
      const states = await Promise.all([second, third].map((id) => readOrderRow(service, id)));
      return states.every(({ state }) => state === 'ready');
    },
    SOON_MS,
  );
  await Promise.all([second, third].map(isReady));
  const row = await service.db.selectFrom('factories').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ opened_at: null, failures: 0 });
});

const databaseSeconds = async (): Promise<number> => {
  const { rows } = await sql<{ seconds: string }>`select unix_timestamp(now(3)) as seconds`.execute(
    service.db,
  );
  return Number(rows[0]?.seconds);
};

it('a half-open attempt that fails is followed by the next one 4 s later, and by nothing before', async () => {
  await service.factory.setFault('error');
  const orderId = await aWaitingOrder();
  await openCircuit(-1);
  const before = await databaseSeconds();
  await service.worker.runOnce();
  const after = await databaseSeconds();
  await attemptEnded(service, orderId, 1);
  const { rows } = await sql<{ next: string }>`
    select unix_timestamp(next_trial_at) as next from factories`.execute(service.db);
  // The right to the attempt is taken within the sweep, by the clock of the database.
  const takenAt = Number(rows[0]?.next) - 4;
  expect(takenAt).toBeGreaterThanOrEqual(before);
  expect(takenAt).toBeLessThanOrEqual(after);
  // The 4 s must not be over before the next sweep, however slow the machine is.
  await sql`update factories set next_trial_at = next_trial_at + interval 1 minute`.execute(service.db);
  await makeAllDue();
  await service.worker.runOnce();
  expect(await stateOf(service, orderId)).toBe('waiting');
  expect(await readAttempts(service, orderId)).toHaveLength(1);
});

it('an order that may be poison steps back: the half-open attempt is made with the oldest that failed less than 8 times', async () => {
  const [spent, fresh] = [await aWaitingOrder(8), await aWaitingOrder(7)];
  await openCircuit(-1);
  await service.worker.runOnce();
  await isReady(fresh);
  expect(await readAttempts(service, spent)).toEqual([]);
});

it('with nothing but orders that failed often the half-open attempt is made with the one that failed least', async () => {
  const [worn, less] = [await aWaitingOrder(10), await aWaitingOrder(9)];
  await openCircuit(-1);
  await service.worker.runOnce();
  await isReady(less);
  expect(await readAttempts(service, worn)).toEqual([]);
});
