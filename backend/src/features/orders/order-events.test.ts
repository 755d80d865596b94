import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '#contract/errors.ts';
import type { OrderState } from '#contract/order-lifecycle.ts';
import { aStoredOrder, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { type OpenedStream, openStream } from '../../../test/support/event-stream.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  attemptEnded,
  inTheOven,
  placeOrder,
  sweepOnce,
  UNTIL_RESET,
} from '../../../test/support/order-flow.ts';
import { readMetrics } from '../../../test/support/read-metrics.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const SOON_MS = 10_000;
// Longer than two looks at what other nodes do.
const TWO_LOOKS_MS = 1_200;

let service: TestService;
let otherNode: TestService;
beforeAll(async () => {
  const eventStreamLimits = { heartbeatMs: 100, openPerOwner: 3 };
  service = await startTestService({ isWorkerRunning: false, random: () => 0, eventStreamLimits });
  otherNode = await startTestService({ isWorkerRunning: false, besides: service });
});
afterEach(() => service.factory.reset());
afterAll(async () => {
  await otherNode.stop();
  await service.stop();
});

type Bearer = Pick<LoggedIn, 'bearer'>;
const opened: OpenedStream[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((stream) => stream.leave()));
});

async function follow({ bearer }: Bearer, orderId: number, lastEventId?: string, node = service) {
  const seen = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const stream = await openStream(`${node.origin}/api/order/${orderId}/events`, { ...bearer, ...seen });
  opened.push(stream);
  return stream;
}
const act = (verb: 'cancel' | 'retry', { bearer }: Bearer, orderId: number, node = service) =>
  node.http.post(`/api/order/${orderId}/${verb}`).set(bearer).expect(200);
const read = async ({ bearer }: Bearer, orderId: number) =>
  (await service.http.get(`/api/order/${orderId}`).set(bearer).expect(200)).body;

async function anOrder(state: OrderState, diner?: LoggedIn) {
  const owner = diner ?? (await aUser(service));
  return { ...owner, orderId: await aStoredOrder(service, { dinerId: owner.id, state }) };
}

interface Told {
  order: { id: number; status: OrderState; placeInLine?: number; reason?: string };
  jwt?: string;
}
const told = (stream: OpenedStream): Told[] => stream.events().map(({ data }) => data as Told);

describe('following an order', () => {
  it('tells at once what reading it tells, once, and goes on', async () => {
    const diner = await anOrder('waiting');
    const stream = await follow(diner, diner.orderId);
    const [event] = await stream.firstEvents(1);
    const { order } = await read(diner, diner.orderId);
    expect(event).toEqual({ event: 'status', id: expect.stringMatching(/^\d+-\d+$/), data: { order } });
    // Longer than the looks at it take: nothing has changed, so nothing is said.
    await eventually('heartbeats', () => stream.text().split('\n:\n').length > TWO_LOOKS_MS / 100, SOON_MS);
    expect([stream.events().length, stream.isOpen()]).toEqual([1, true]);
  });

  it('tells of a change, and ends when the state is final', async () => {
    const diner = await anOrder('waiting');
    const stream = await follow(diner, diner.orderId);
    await stream.firstEvents(1);
    await act('cancel', diner, diner.orderId);
    expect(await stream.hasEnded()).toBe('cleanly');
    expect(told(stream).map(({ order }) => order.status)).toEqual(['waiting', 'cancelled']);
  });

  it('brings the pizza with the state in which it is there', async () => {
    await service.factory.setFault('throttle', UNTIL_RESET);
    const placed = await placeOrder(service);
    await inTheOven(service, placed.orderId);
    const stream = await follow(placed, placed.orderId);
    await stream.firstEvents(1);
    await service.factory.reset();
    expect(await stream.hasEnded()).toBe('cleanly');
    const { jwt, order } = await read(placed, placed.orderId);
    expect(told(stream).map(({ order: { status } }) => status)).toEqual(['making', 'ready']);
    expect(told(stream).at(-1)).toEqual({ order, jwt: expect.stringMatching(/^ey/) });
    expect(told(stream).at(-1)?.jwt).toBe(jwt);
  });

  it('tells every state of an order that has to wait, with the reason', async () => {
    await service.factory.setFault('unreachable');
    const placed = await placeOrder(service);
    expect(await attemptEnded(service, placed.orderId, 1)).toBe('waiting');
    const stream = await follow(placed, placed.orderId);
    const [first] = await stream.firstEvents(1);
    expect(first?.data).toMatchObject({
      order: { status: 'waiting', reason: 'The factory cannot be reached. Your order is safe.' },
    });
    await service.factory.setFault('none');
    await sweepOnce(service, placed.orderId);
    expect(await stream.hasEnded()).toBe('cleanly');
    expect(told(stream).at(-1)?.order.status).toBe('ready');
  });

  it('tells the new place when an order before it leaves the line', async () => {
    const before = await anOrder('waiting');
    const diner = await anOrder('waiting');
    const stream = await follow(diner, diner.orderId);
    await stream.firstEvents(1);
    await act('cancel', before, before.orderId);
    await stream.firstEvents(2);
    const [first, second] = told(stream).map(({ order }) => order);
    const place = first?.placeInLine ?? 0;
    expect(second).toEqual({ ...first, placeInLine: place - 1 });
    expect(await read(diner, diner.orderId)).toMatchObject({ order: { placeInLine: place - 1 } });
  });

  it('tells of what another node did', async () => {
    const diner = await anOrder('waiting');
    const stream = await follow(diner, diner.orderId);
    await stream.firstEvents(1);
    await act('cancel', diner, diner.orderId, otherNode);
    expect(await stream.hasEnded()).toBe('cleanly');
    expect(told(stream).at(-1)?.order.status).toBe('cancelled');
  });

  it('by an admin tells of anybody’s order', async () => {
    const { orderId } = await anOrder('waiting');
    const admin = await aUser(service, [{ role: 'admin' }]);
    const [event] = await (await follow(admin, orderId)).firstEvents(1);
    expect(event?.data).toMatchObject({ order: { id: orderId } });
  });
});

describe('a client that comes back with the Last-Event-ID', () => {
  async function lastSeen(diner: Bearer, orderId: number): Promise<string> {
    const stream = await follow(diner, orderId);
    const [event] = await stream.firstEvents(1);
    await stream.leave();
    return event?.id ?? '';
  }

  it('of an order that has not changed is told of the next change only', async () => {
    const diner = await anOrder('waiting');
    const stream = await follow(diner, diner.orderId, await lastSeen(diner, diner.orderId));
    expect(stream.response.status).toBe(200);
    await act('cancel', diner, diner.orderId);
    expect(await stream.hasEnded()).toBe('cleanly');
    expect(told(stream).map(({ order }) => order.status)).toEqual(['cancelled']);
  });

  it('of an order that changed meanwhile is told at once', async () => {
    const diner = await anOrder('waiting');
    const seen = await lastSeen(diner, diner.orderId);
    await act('cancel', diner, diner.orderId);
    const stream = await follow(diner, diner.orderId, seen);
    expect(await stream.hasEnded()).toBe('cleanly');
    expect(told(stream).map(({ order }) => order.status)).toEqual(['cancelled']);
  });

  it.each(['ready', 'failed', 'cancelled'] as const)(
    'of an order that is %s is told to stop, by 204',
    async (state) => {
      const diner = await anOrder(state);
      const { response, text } = await follow(diner, diner.orderId, await lastSeen(diner, diner.orderId));
      expect([response.status, text(), response.headers.get('content-type')]).toEqual([204, '', null]);
    },
  );

  it('of an order that failed and is tried again is told that it waits', async () => {
    const diner = await anOrder('failed');
    const seen = await lastSeen(diner, diner.orderId);
    await act('retry', diner, diner.orderId);
    const [event] = await (await follow(diner, diner.orderId, seen)).firstEvents(1);
    expect(event?.data).toMatchObject({ order: { status: 'waiting' } });
  });

  it.each([
    '',
    '-',
    '2',
    '2-0-0',
    '-2-0',
    '02-0',
    '99999999999999999999-0',
    'x'.repeat(2_000),
    'é',
    '2-0, 2-0',
  ])('of %j, which names nothing that was seen, is told what is true now', async (lastEventId) => {
    const diner = await anOrder('ready');
    const stream = await follow(diner, diner.orderId, lastEventId);
    await stream.firstEvents(1);
    expect(await stream.hasEnded()).toBe('cleanly');
  });
});

describe('who may follow an order', () => {
  async function expectRefusal(stream: OpenedStream, code: keyof typeof ERROR_CODES): Promise<void> {
    expect(stream.response.status).toBe(ERROR_CODES[code].status);
    expect(stream.response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    await stream.hasEnded();
    expect(JSON.parse(stream.text())).toMatchObject({ code });
  }

  it('is nobody without a session', async () => {
    const { orderId } = await anOrder('waiting');
    await expectRefusal(await follow({ bearer: {} as never }, orderId), 'unauthorized');
  });

  it('is nobody but its diner: an order that is foreign or unknown is not there', async () => {
    const { orderId } = await anOrder('waiting');
    const stranger = await aUser(service);
    await expectRefusal(await follow(stranger, orderId), 'not_found');
    await expectRefusal(await follow(stranger, 2_000_000_000), 'not_found');
  });

  it.each([
    ['logs out', (diner: LoggedIn) => service.http.delete('/api/auth').set(diner.bearer)],
    ['is deleted', (diner: LoggedIn) => service.http.delete(`/api/user/${diner.id}`).set(diner.bearer)],
  ])('is nobody who %s: the stream ends at the next look', async (_circumstance, leave) => {
    const diner = await anOrder('ready');
    const waiting = await anOrder('waiting', diner);
    const stream = await follow(diner, waiting.orderId);
    await stream.firstEvents(1);
    await leave(diner).expect(200);
    expect(await stream.hasEnded()).toBe('cleanly');
  });

  it('has a few streams at once and no more', async () => {
    const diner = await anOrder('waiting');
    for (let open = 0; open < 3; open += 1) await follow(diner, diner.orderId);
    const refused = await follow(diner, diner.orderId);
    await expectRefusal(refused, 'too_many_requests');
    expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('a stream that is over', () => {
  // The service hears a moment later that a client has gone.
  const isOpen = (count: number) =>
    eventually(
      `${count} streams are open`,
      async () => (await readMetrics(service)).metric('http_event_streams_open') === count,
      SOON_MS,
    );

  it('because its client went away is counted no more', async () => {
    const diner = await anOrder('waiting');
    const stream = await follow(diner, diner.orderId);
    await stream.firstEvents(1);
    await isOpen(1);
    await stream.leave();
    await isOpen(0);
  });

  it('because its node stops ended cleanly, and the node stops at once', async () => {
    const node = await startTestService({ isWorkerRunning: false, besides: service });
    const diner = await anOrder('waiting');
    const stream = await follow(diner, diner.orderId, undefined, node);
    await stream.firstEvents(1);
    // Begins before the 5 s after which sockets are closed by force, so it rings first if they are.
    let isForced = false;
    const force = setTimeout(() => {
      isForced = true;
    }, 5_000);
    await node.stop();
    clearTimeout(force);
    expect(isForced).toBe(false);
    expect(await stream.hasEnded()).toBe('cleanly');
  });
});
