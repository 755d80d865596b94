import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDatabaseProxy } from '../../drill/database-proxy.ts';
import { anOrderRequest, aUser } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { endIncidents } from '../support/factory-rows.ts';
import { attemptEnded, inTheOven, placeOrder, sweepOnce, UNTIL_RESET } from '../support/order-flow.ts';
import { forgetFaults, readAttempts } from '../support/order-rows.ts';
import { growthDuring, readMetrics } from '../support/read-metrics.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const SOON_MS = 10_000;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, settings: { FACTORY_RECOVERY: 'act' } });
});
beforeEach(async () => {
  await endIncidents(service);
  await forgetFaults(service);
});
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

const factory = () => new URL(service.factory.origin).host;
const timesLogged = (wanted: string): number =>
  service.logLines().filter(({ message }) => message === wanted).length;
const grew = (
  counters: readonly [name: string, labels?: Record<string, string>][],
  work: () => Promise<unknown>,
) => growthDuring(service, counters, work);

describe('the metrics of orders', () => {
  it('count one that is made with its pizzas, its price and the time it took', async () => {
    const { bearer } = await aUser(service);
    const order = await anOrderRequest(service);
    const [item] = order.items;
    // A client may be told of its pizza a moment before it is counted.
    const orderOne = async (): Promise<void> => {
      const { body } = await service.http.post('/api/order').set(bearer).send(order).expect(200);
      await attemptEnded(service, body.order.id, 1);
    };
    const growth = await grew(
      [
        ['pizza_orders_placed_total'],
        ['pizza_order_acceptance_seconds_count'],
        ['pizza_orders_settled_total', { outcome: 'ready' }],
        ['pizza_order_delivery_seconds_count'],
        ['pizza_pizzas_sold_total'],
        ['pizza_orders_troubled_total'],
        ['pizza_factory_attempts_total', { factory: factory(), source: 'order', outcome: 'made' }],
        ['pizza_factory_attempt_seconds_count', { factory: factory(), source: 'order' }],
      ],
      orderOne,
    );
    expect(growth).toEqual([1, 1, 1, 1, order.items.length, 0, 1, 1]);
    expect(item?.price).toBeGreaterThan(0);
    const revenue = await grew([['pizza_revenue_bitcoin_total']], orderOne);
    expect(revenue[0]).toBeCloseTo(
      order.items.reduce((sum, { price }) => sum + price, 0),
      8,
    );
  });

  it('count one that the factory spoils as troubled once, however often it is tried', async () => {
    await service.factory.setFault('error');
    const growth = await grew(
      [
        ['pizza_orders_troubled_total'],
        ['pizza_factory_attempts_total', { factory: factory(), source: 'order', outcome: 'error' }],
      ],
      async () => {
        const { orderId } = await placeOrder(service);
        await attemptEnded(service, orderId, 1);
        await sweepOnce(service, orderId);
        await sweepOnce(service, orderId);
      },
    );
    expect(growth).toEqual([1, 3]);
  });

  it('count one that is cancelled, one that fails, and a pizza nobody may have any more', async () => {
    await service.factory.setFault('throttle', UNTIL_RESET);
    const growth = await grew(
      [
        ['pizza_orders_settled_total', { outcome: 'cancelled' }],
        ['pizza_pizzas_discarded_total'],
        ['pizza_orders_settled_total', { outcome: 'ready' }],
      ],
      async () => {
        const { orderId, bearer } = await placeOrder(service);
        await inTheOven(service, orderId);
        await service.http.post(`/api/order/${orderId}/cancel`).set(bearer).expect(200);
        await service.factory.reset();
        await attemptEnded(service, orderId, 1);
      },
    );
    expect(growth[0]).toBe(1);
    expect(growth[1]).toBeGreaterThanOrEqual(1);
    expect(growth[2]).toBe(0);
    await service.factory.setFault('error');
    const failed = await grew([['pizza_orders_settled_total', { outcome: 'failed' }]], async () => {
      const { orderId } = await placeOrder(service);
      await service.fulfillment.transitions.giveUp(orderId, 'not_made_in_time');
      await attemptEnded(service, orderId, 1);
    });
    expect(failed).toEqual([1]);
  });

  it('show the open orders by state and the age of the oldest, as every node sees them', async () => {
    await service.factory.setFault('error');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    await service.db
      .updateTable('orders')
      .set({ patience_since: new Date(Date.now() - 90_000) })
      .where('id', '=', orderId)
      .execute();
    const { metric } = await readMetrics(service);
    expect(metric('pizza_open_orders', { state: 'waiting' })).toBeGreaterThanOrEqual(1);
    expect(metric('pizza_oldest_open_order_seconds')).toBeGreaterThan(85);
    expect(metric('pizza_incidents_open')).toBe(1);
  });
});

describe('the metrics of a factory', () => {
  it('count the report that cured a fault', async () => {
    await service.factory.setFault('fail');
    const growth = await grew(
      [
        ['pizza_factory_reports_total', { factory: factory(), result: 'answered' }],
        ['pizza_factory_reports_total', { factory: factory(), result: 'not_answered' }],
      ],
      async () => {
        const told = 'a fault was reported to the factory';
        const before = timesLogged(told);
        const { orderId } = await placeOrder(service);
        await attemptEnded(service, orderId, 1);
        await eventually('the report is told', () => timesLogged(told) > before, SOON_MS);
      },
    );
    expect(growth).toEqual([1, 0]);
  });

  it('show that its circuit opened, and a probe that was not answered well', async () => {
    expect((await readMetrics(service)).metric('pizza_factory_circuit_open', { factory: factory() })).toBe(0);
    await service.factory.setFault('error');
    for (let probe = 1; probe <= 5; probe += 1) await service.fulfillment.probe.probeAll();
    const { metric } = await eventually(
      'the metrics show it',
      async () => {
        const read = await readMetrics(service);
        return read.metric('pizza_factory_circuit_open', { factory: factory() }) === 1 && read;
      },
      SOON_MS,
    );
    expect(metric('pizza_factory_probe_up', { factory: factory() })).toBe(0);
    expect(metric('pizza_factory_held', { factory: factory() })).toBe(0);
  });

  it('show for how long a call has been waiting', async () => {
    await service.factory.setFault('throttle', UNTIL_RESET);
    const { orderId } = await placeOrder(service);
    await eventually(
      'a call is seen waiting',
      async () => {
        const { metric } = await readMetrics(service);
        const waited = metric('pizza_factory_longest_call_seconds', { factory: factory() }) ?? 0;
        return metric('pizza_factory_calls_in_flight', { factory: factory() }) === 1 && waited > 0.1;
      },
      SOON_MS,
    );
    await service.factory.reset();
    await attemptEnded(service, orderId, 1);
    expect(await readAttempts(service, orderId)).toHaveLength(1);
  });
});

describe('the metrics of a process', () => {
  it('count log-ins and registrations by result, and the users who were here', async () => {
    const { email, password, bearer } = await aUser(service);
    const growth = await grew(
      [
        ['pizza_authentication_attempts_total', { action: 'log_in', result: 'success' }],
        ['pizza_authentication_attempts_total', { action: 'log_in', result: 'refused' }],
        ['pizza_authentication_attempts_total', { action: 'register', result: 'refused' }],
      ],
      async () => {
        await service.http.put('/api/auth').send({ email, password }).expect(200);
        await service.http.put('/api/auth').send({ email, password: 'not this one' }).expect(404);
        await service.http.post('/api/auth').send({ name: 'Twice', email, password }).expect(409);
        await service.http.get('/api/user/me').set(bearer).expect(200);
      },
    );
    expect(growth).toEqual([1, 1, 1]);
    const { metric } = await readMetrics(service);
    expect(metric('pizza_active_users')).toBeGreaterThanOrEqual(1);
    expect(metric('pizza_log_in_queue', { state: 'waiting' })).toBe(0);
  });

  it('name the door a request was refused at', async () => {
    await service.http.get('/api/user/me').expect(401);
    const { metric } = await readMetrics(service);
    const labels = { method: 'GET', route: '/api/user/me', code: 'unauthorized' };
    expect(metric('http_refusals_total', labels)).toBeGreaterThanOrEqual(1);
  });

  it('show the connections to the database, and when the worker last came round', async () => {
    const { metric } = await readMetrics(service);
    const inUse = metric('pizza_db_pool_connections', { state: 'in_use' }) ?? 0;
    const idle = metric('pizza_db_pool_connections', { state: 'idle' }) ?? 0;
    expect(inUse + idle).toBeGreaterThanOrEqual(1);
    expect(metric('pizza_db_pool_waiting')).toBe(0);
    const node = await startTestService({ besides: service });
    try {
      const sweptAt = await eventually(
        'a sweep has ended',
        async () => (await readMetrics(node)).metric('pizza_worker_last_sweep_timestamp_seconds') || false,
        SOON_MS,
      );
      expect(Math.abs(Date.now() / 1000 - sweptAt)).toBeLessThan(60);
    } finally {
      await node.stop();
    }
  });
});

describe('the metrics of the invariants', () => {
  it('are zero while all hold, and count the orders that break one, which is logged for a person', async () => {
    const broken = { invariant: 'pizza-only-ready' };
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    await service.lookAtInvariants();
    expect((await readMetrics(service)).metric('pizza_invariant_violations', broken)).toBe(0);
    await service.db.updateTable('orders').set({ state: 'failed' }).where('id', '=', orderId).execute();
    try {
      await service.lookAtInvariants();
      const { metric } = await readMetrics(service);
      expect(metric('pizza_invariant_violations', broken)).toBe(1);
      expect(metric('pizza_invariants_last_look_timestamp_seconds')).toBeGreaterThan(0);
      const line = service
        .logLines()
        .find(({ level, invariant }) => level === 'ERROR' && invariant === broken.invariant);
      expect(line).toMatchObject({ orders: 1, examples: [orderId] });
    } finally {
      await service.db.updateTable('orders').set({ state: 'ready' }).where('id', '=', orderId).execute();
    }
  });
});

describe('the metrics while the database is away', () => {
  it('are answered, say so, and leave out what only the database knows', async () => {
    const proxy = await startDatabaseProxy(service.config.databaseUrl);
    const node = await startTestService({
      besides: service,
      isWorkerRunning: false,
      settings: { DATABASE_URL: proxy.url },
    });
    try {
      expect((await readMetrics(node)).metric('pizza_database_up')).toBe(1);
      await proxy.close();
      const { metric } = await eventually(
        'the metrics show it',
        async () => {
          const read = await readMetrics(node);
          return read.metric('pizza_database_up') === 0 && read;
        },
        SOON_MS,
      );
      expect(metric('pizza_open_orders', { state: 'waiting' })).toBeUndefined();
      expect(metric('pizza_oldest_open_order_seconds')).toBeUndefined();
      expect(metric('pizza_orders_placed_total')).toBe(0);
    } finally {
      await node.stop();
    }
  });
});
