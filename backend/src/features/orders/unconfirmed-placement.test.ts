import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { anOrderRequest, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { type DatabaseProxy, startDatabaseProxy } from '../../../test/support/database-proxy.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { readHistory } from '../../../test/support/order-rows.ts';
import { expectProblem } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const SOON_MS = 20_000;

// The first node reaches the database directly and only looks; the orders go through one whose line can break.
let onlooker: TestService;
let proxy: DatabaseProxy;
let service: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  onlooker = await startTestService({ isWorkerRunning: false });
});
beforeEach(async () => {
  diner = await aUser(onlooker);
  proxy = await startDatabaseProxy(onlooker.config.databaseUrl);
  service = await startTestService({
    besides: onlooker,
    // Its worker starts when the COMMIT of the order is lost, because renewing leases has a COMMIT of its own.
    isWorkerRunning: false,
    settings: { DATABASE_URL: proxy.url },
  });
});
afterEach(async () => {
  await service.stop();
  await proxy.close();
});
afterAll(() => onlooker.stop());

const ordersOf = ({ id }: LoggedIn) =>
  onlooker.db.selectFrom('orders').selectAll().where('diner_id', '=', id).execute();

async function place(headers: Record<string, string> = {}) {
  const request = await anOrderRequest(onlooker);
  // Asked for before, so that the only COMMIT to lose is the order's.
  await service.http.get('/api/user/me').set(diner.bearer).expect(200);
  return {
    request,
    send: () =>
      service.http
        .post('/api/order')
        .set({ ...diner.bearer, ...headers })
        .send(request),
  };
}

it('an order whose COMMIT was never answered is found by reading: its client gets its pizza, and there is one order', async () => {
  const { send } = await place();
  proxy.loseNextCommitAnswer();
  const answer = await send();
  expect({ lost: proxy.lost(), status: answer.status }).toEqual({ lost: 1, status: 200 });
  expect(answer.body.jwt).toMatch(/^ey/);
  expect(await ordersOf(diner)).toMatchObject([{ id: answer.body.order.id, state: 'ready' }]);
});

it('an order without a key that nobody could be told of is taken back when the database returns', async () => {
  const { send } = await place();
  proxy.loseNextCommitAnswer({ isLast: true });
  const answer = await send();
  expectProblem(answer, 'unavailable');
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  service.worker.start();
  proxy.comeBack();
  await eventually('it is cancelled', async () => (await ordersOf(diner))[0]?.state === 'cancelled', SOON_MS);
  const [order] = await ordersOf(diner);
  expect(order).toMatchObject({ reason: 'not_confirmed', jwt: null });
  expect((await readHistory(onlooker, order?.id ?? 0)).map(({ to }) => to)).toEqual(['making', 'cancelled']);
});

it('an order with a key that nobody could be told of is made, and the same key answers it', async () => {
  const { send } = await place({ 'idempotency-key': 'a-key-that-survives' });
  proxy.loseNextCommitAnswer({ isLast: true });
  expectProblem(await send(), 'unavailable');
  service.worker.start();
  proxy.comeBack();
  const again = await eventually(
    'the same request is answered',
    async () => {
      const answer = await send();
      return answer.status === 200 ? answer : undefined;
    },
    SOON_MS,
  );
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(await ordersOf(diner)).toMatchObject([{ id: again.body.order.id, state: 'ready' }]);
});
