import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrderRequest, aUser, type LoggedIn } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

// What each costs in round trips to the database, the session's included, so that none of them creeps back.
const PLACING = 14;
const ORDERS_LIMITED = 2;
const SESSION = 1;
const HISTORY_PAGE = 1;
const IDLE_SWEEP = 1;
const HEARTBEAT = 1;
const SOON_MS = 10_000;

let service: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, heartbeatTimes: { everyMs: 3_600_000 } });
});
beforeEach(async () => {
  diner = await aUser(service);
});
afterAll(() => service.stop());

/** The statements that ran while `work` did. */
async function statementsOf(work: () => Promise<unknown>, { logLines }: TestService = service) {
  const before = logLines().length;
  await work();
  return logLines()
    .slice(before)
    .filter(({ message }) => message === 'statement' || message === 'slow statement')
    .map(({ statement }) => String(statement));
}

/** Places an order and waits until all that follows of it is over. */
async function place(node: TestService, headers: Record<string, string> = {}): Promise<void> {
  const request = await anOrderRequest(node);
  // The first order of a process also keeps the factory's keys.
  await node.http.post('/api/order').set(diner.bearer).send(request).expect(200);
  const placed = () =>
    node.http
      .post('/api/order')
      .set({ ...diner.bearer, ...headers })
      .send(request)
      .expect(200);
  const statements = await statementsOf(async () => {
    const { body } = await placed();
    await eventually(
      'its attempt is over with all that follows of it',
      () =>
        node.logLines().some((line) => line.message === 'factory attempt' && line.orderId === body.order.id),
      SOON_MS,
    );
  }, node);
  expect(statements.filter((statement) => statement === 'commit')).toHaveLength(2);
  expect(statements.length - (node === service ? 0 : ORDERS_LIMITED)).toBeLessThanOrEqual(PLACING);
}

describe('placing an order, from the request to its pizza', () => {
  it('takes at most fourteen round trips and two commits', () => place(service));

  it('takes no more with an idempotency key that is new', () =>
    place(service, { 'idempotency-key': 'a-new-key' }));

  it('takes two more where diners have limits: they are counted one order at a time', async () => {
    const limited = await startTestService({
      besides: service,
      isWorkerRunning: false,
      heartbeatTimes: { everyMs: 3_600_000 },
      settings: { ORDER_LIMIT_PER_HOUR: '30', OPEN_ORDER_LIMIT: '10' },
    });
    try {
      await place(limited);
    } finally {
      await limited.stop();
    }
  });
});

it('the menu is answered with one statement for all who ask within a second', async () => {
  const node = await startTestService({ besides: service, isWorkerRunning: false, sharedForMs: 3_600_000 });
  try {
    const ask = () => Promise.all(Array.from({ length: 20 }, () => node.http.get('/api/order/menu')));
    expect((await statementsOf(ask, node)).filter((sql) => sql.includes('menu_items'))).toHaveLength(1);
  } finally {
    await node.stop();
  }
});

it('who I am is one statement', async () => {
  const statements = await statementsOf(() => service.http.get('/api/user/me').set(diner.bearer).expect(200));
  expect(statements).toHaveLength(SESSION);
});

it('a page of my orders is one statement beside the session, however many are on it', async () => {
  const request = await anOrderRequest(service);
  for (let count = 0; count < 3; count += 1)
    await service.http.post('/api/order').set(diner.bearer).send(request).expect(200);
  const page = () => service.http.get('/api/order').set(diner.bearer).expect(200);
  expect(await statementsOf(page)).toHaveLength(SESSION + HISTORY_PAGE);
});

describe('a service that has nothing to do', () => {
  it('asks the database once a sweep', async () => {
    const idle = await startTestService({
      besides: service,
      isWorkerRunning: false,
      heartbeatTimes: { everyMs: 3_600_000 },
    });
    try {
      // Its first sweep looks for what the orders of others have left for the figures, and the next look is far off.
      await idle.worker.runOnce();
      const looks = () =>
        idle.logLines().filter(({ statement }) => String(statement).includes('is_unfolded'));
      const unfolded = service.db.selectFrom('order_transitions').select('id').where('is_unfolded', '=', 1);
      const isFolded = async () => looks().length > 0 && (await unfolded.execute()).length === 0;
      await eventually('all is in the figures', isFolded, SOON_MS);
      expect(await statementsOf(idle.worker.runOnce, idle)).toHaveLength(IDLE_SWEEP);
    } finally {
      await idle.stop();
    }
  });

  it('says with one statement that it lives', async () => {
    const idle = await startTestService({ besides: service, isWorkerRunning: false });
    try {
      const beats = () =>
        idle.logLines().filter(({ statement }) => String(statement).includes('nodes')).length;
      const statements = await statementsOf(async () => {
        const before = beats();
        await eventually('it beats', () => beats() > before, SOON_MS);
        await idle.stop();
      }, idle);
      expect(statements.length).toBeLessThanOrEqual(HEARTBEAT);
    } finally {
      await idle.stop().catch(() => undefined);
    }
  });
});
