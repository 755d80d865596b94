import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type RawBuilder, sql } from 'kysely';
import { foldAll } from '../../../../test/support/fold.ts';
import { type FullShop, fillShop } from '../../../../test/support/full-shop.ts';
import { readHistory, readOrderRow } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { createInvariants, type Invariants } from './invariants.service.ts';

/** What tests here break. */
const TABLES = [
  'orders',
  'order_items',
  'order_transitions',
  'factory_attempts',
  'idempotency_keys',
  'store_day_figures',
];

let service: TestService;
let shop: FullShop;
let invariants: Invariants;

/** Runs all of it on one connection, for which what rows refer to does not matter. */
async function alter(statements: RawBuilder<unknown>[]): Promise<void> {
  await service.db.connection().execute(async (connection) => {
    await sql`set foreign_key_checks = 0`.execute(connection);
    for (const statement of statements) await statement.execute(connection);
    await sql`set foreign_key_checks = 1`.execute(connection);
  });
}

beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  invariants = createInvariants(service.db);
  shop = await fillShop(service);
  await foldAll(service);
  await alter(
    TABLES.map(
      (table) => sql`create table ${sql.table(`healthy_${table}`)} as select * from ${sql.table(table)}`,
    ),
  );
});
afterEach(() =>
  alter(
    TABLES.flatMap((table) => [
      sql`delete from ${sql.table(table)}`,
      sql`insert into ${sql.table(table)} select * from ${sql.table(`healthy_${table}`)}`,
    ]),
  ),
);
afterAll(() => service.stop());

type Options = Parameters<Invariants['check']>[0];

async function broken(options?: Options) {
  const checked = await invariants.check(options);
  return checked
    .filter(({ violations }) => violations > 0)
    .map(({ name, violations, examples }) => ({ name, violations, examples }));
}

describe('a healthy shop', () => {
  it('has orders in every state, and breaks no invariant', async () => {
    const rows = await Promise.all(Object.values(shop.orders).map((id) => readOrderRow(service, id)));
    expect(rows.map(({ state }) => state).sort()).toEqual(
      ['cancelled', 'failed', 'making', 'ready', 'ready', 'ready', 'waiting', 'waiting'].sort(),
    );
    const history = await readHistory(service, shop.orders.waiting);
    expect(history.map(({ to }) => to)).toEqual(['making', 'waiting', 'making', 'waiting']);
    expect(await broken()).toEqual([]);
    expect(await broken({ placedWithinHours: 1 })).toEqual([]);
  });

  it('is told so in a sentence for each invariant, whose names are all different', async () => {
    const checked = await invariants.check();
    const names = checked.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(checked.filter(({ sentence }) => !sentence.includes(' '))).toEqual([]);
    expect([...names].sort()).toEqual([...new Set(BREAKS.map(({ name }) => name))].sort());
  });
});

interface Break {
  name: string;
  how: string;
  /** The order that is broken. */
  of: keyof FullShop['orders'];
  by: (orderId: number) => RawBuilder<unknown>;
  /** What cannot hold either. */
  also?: string[];
}

const orders = (set: RawBuilder<unknown>) => (id: number) => sql`update orders set ${set} where id = ${id}`;
const attempts = (set: RawBuilder<unknown>) => (id: number) =>
  sql`update factory_attempts set ${set} where order_id = ${id} order by id limit 1`;
/** Changes the steps of a history from its so-manieth on. */
const steps = (set: RawBuilder<unknown>, fence: number) => (id: number) =>
  sql`update order_transitions set ${set} where order_id = ${id} and fence >= ${fence} order by id`;
const step = (set: RawBuilder<unknown>, fence: number) => (id: number) =>
  sql`update order_transitions set ${set} where order_id = ${id} and fence = ${fence}`;

const BREAKS: Break[] = [
  {
    name: 'patience',
    how: 'waits for longer than an hour',
    of: 'waiting',
    by: orders(sql`patience_since = now(3) - interval 66 minute`),
  },
  {
    name: 'patience',
    how: 'is being made for longer than an hour',
    of: 'making',
    by: orders(sql`patience_since = now(3) - interval 66 minute`),
  },
  { name: 'pizza-only-ready', how: 'waits and has a pizza', of: 'waiting', by: orders(sql`jwt = 'a.b.c'`) },
  { name: 'ready-has-pizza', how: 'is ready without its pizza', of: 'ready', by: orders(sql`jwt = null`) },
  {
    name: 'ready-has-pizza',
    how: 'is ready and nobody knows who made it',
    of: 'readyOfNobody',
    by: orders(sql`maker = null`),
  },
  {
    name: 'diner-erased',
    how: 'is being made for a diner whose account was erased',
    of: 'making',
    by: orders(sql`diner_id = (select id from users where erased_at is not null)`),
  },
  {
    name: 'diner-erased',
    how: 'has the pizza of a diner whose account was erased',
    of: 'readyOfNobody',
    by: orders(sql`jwt = 'a.b.c'`),
  },
  {
    name: 'diner-erased',
    how: 'has a note of a diner whose account was erased',
    of: 'readyOfNobody',
    by: (id) => sql`update order_items set note = 'no nuts' where order_id = ${id}`,
  },
  {
    name: 'pizza-verified',
    how: 'is ready by a pizza that was not valid',
    of: 'ready',
    by: attempts(sql`signature_verdict = 'bad_signature'`),
  },
  {
    name: 'pizza-verified',
    how: 'is ready by an attempt that did not make it',
    of: 'ready',
    by: attempts(sql`outcome = 'bad_pizza'`),
  },
  {
    name: 'ready-once',
    how: 'became ready twice',
    of: 'readyLate',
    by: step(sql`to_state = 'ready'`, 2),
    // It never joined the line, so it is not late any more.
    also: ['history-follows', 'figures'],
  },
  {
    name: 'history-begins',
    how: 'is born after it waited',
    of: 'ready',
    by: step(sql`from_state = 'waiting'`, 1),
  },
  {
    name: 'history-begins',
    how: 'is born cancelled',
    of: 'cancelled',
    by: step(sql`to_state = 'cancelled'`, 1),
    also: ['history-follows'],
  },
  {
    name: 'history-follows',
    how: 'goes on from where it was not',
    of: 'waiting',
    by: step(sql`from_state = 'failed', to_state = 'waiting'`, 3),
  },
  {
    name: 'history-graph',
    how: 'is made again straight after it failed',
    of: 'waiting',
    by: steps(
      sql`to_state = if(fence = 2, 'failed', to_state), from_state = if(fence = 3, 'failed', from_state)`,
      2,
    ),
  },
  {
    name: 'history-ends',
    how: 'is at another fence than its history',
    of: 'waiting',
    by: orders(sql`fence = 5`),
  },
  {
    name: 'history-ends',
    how: 'has no history',
    of: 'waiting',
    by: (id) => sql`delete from order_transitions where order_id = ${id}`,
  },
  {
    name: 'fence-grows',
    how: 'was claimed twice with one fence',
    of: 'waiting',
    by: step(sql`fence = 1`, 2),
  },
  {
    name: 'total',
    how: 'costs a satoshi more than its pizzas',
    of: 'waiting',
    by: orders(sql`total = total + 0.00000001`),
  },
  { name: 'total', how: 'has another number of pizzas', of: 'waiting', by: orders(sql`pizzas = 2`) },
  {
    name: 'total',
    how: 'has no pizzas',
    of: 'waiting',
    by: (id) => sql`delete from order_items where order_id = ${id}`,
  },
  {
    name: 'clocks',
    how: 'waits and has no next attempt',
    of: 'waiting',
    by: orders(sql`next_attempt_at = null`),
  },
  { name: 'clocks', how: 'is made without a lease', of: 'making', by: orders(sql`lease_until = null`) },
  {
    name: 'clocks',
    how: 'is cancelled and held by a node',
    of: 'cancelled',
    by: orders(sql`lease_node = 'a:1'`),
  },
  {
    name: 'clocks',
    how: 'is over since nobody knows when',
    of: 'failed',
    by: orders(sql`settled_at = null`),
  },
  {
    name: 'idempotency-key',
    how: 'is what the key of another diner stands for',
    of: 'ready',
    by: (id) => sql`update idempotency_keys set diner_id = 999999 where order_id = ${id}`,
  },
  {
    name: 'idempotency-key',
    how: 'is what two keys stand for',
    of: 'ready',
    by: (id) =>
      sql`insert into idempotency_keys (diner_id, idempotency_key, body_hash, order_id)
        select diner_id, 'twice', body_hash, order_id from idempotency_keys where order_id = ${id}`,
  },
  {
    name: 'poison',
    how: 'was given up as poison after seven failures',
    of: 'failed',
    by: orders(sql`reason = 'poison', answered_failures = 7`),
  },
  { name: 'attempts-numbered', how: 'lacks its first attempt', of: 'waiting', by: attempts(sql`number = 3`) },
  {
    name: 'figures',
    how: 'is paid for in the figures with a satoshi less',
    of: 'ready',
    by: (id) =>
      sql`update store_day_figures f join orders o on o.store_id = f.store_id
        set f.revenue = f.revenue - 0.00000001 where o.id = ${id}`,
  },
];

describe('an order that', () => {
  it.each(BREAKS)('$how breaks $name and is named', async ({ name, of, by, also = [] }) => {
    const orderId = shop.orders[of];
    const { store_id: storeId } = await readOrderRow(service, orderId);
    await alter([by(orderId)]);
    const found = await broken();
    expect(found.map((one) => one.name).sort()).toEqual([name, ...also].sort());
    const example = name === 'figures' ? storeId : orderId;
    expect(found).toContainEqual({ name, violations: 1, examples: [example] });
  });

  it('was found not to be stored leaves its key behind, which breaks nothing', async () => {
    await alter([sql`update idempotency_keys set order_id = null where order_id = ${shop.orders.ready}`]);
    expect(await broken()).toEqual([]);
  });

  it.each(['held', 'key_refused'])(
    'waits for us because of %s is spared, and so is one that has just gone on',
    async (reason) => {
      const { waiting } = shop.orders;
      await alter([orders(sql`patience_since = now(3) - interval 3 hour, reason = ${reason}`)(waiting)]);
      expect(await broken()).toEqual([]);
      await alter([orders(sql`reason = 'lease_ended'`)(waiting), step(sql`cause = ${reason}`, 2)(waiting)]);
      expect(await broken()).toEqual([]);
      await alter([step(sql`at = now(3) - interval 6 minute`, 4)(waiting)]);
      expect((await broken()).map(({ name }) => name)).toEqual(['patience']);
    },
  );
});

describe('many broken orders', () => {
  it('are counted, and the five oldest are named', async () => {
    const { db } = service;
    await alter([sql`update orders set jwt = 'a.b.c' where state <> 'ready'`]);
    const rows = await db
      .selectFrom('orders')
      .select('id')
      .where('state', '<>', 'ready')
      .orderBy('id')
      .execute();
    const ids = rows.map(({ id }) => id);
    expect(await broken()).toEqual([
      { name: 'pizza-only-ready', violations: ids.length, examples: ids.slice(0, 5) },
    ]);
  });
});

describe('a look at the orders of some hours', () => {
  const breaks = () =>
    alter([
      sql`update orders set jwt = null, placed_at = now(3) - interval 3 hour where id = ${shop.orders.ready}`,
    ]);

  it('sees what was placed since, and nothing that is older', async () => {
    await breaks();
    expect(await broken({ placedWithinHours: 4 })).toMatchObject([{ name: 'ready-has-pizza' }]);
    expect(await broken({ placedWithinHours: 2 })).toEqual([]);
    await alter([orders(sql`pizzas = 2`)(shop.orders.waiting)]);
    expect(await broken({ placedWithinHours: 2 })).toMatchObject([{ name: 'total' }]);
  });

  it('sees an open order that is forgotten, however long ago it was placed', async () => {
    const longAgo = sql`placed_at = now(3) - interval 3 hour, patience_since = now(3) - interval 3 hour`;
    await alter([sql`update orders set ${longAgo}`]);
    const found = await broken({ placedWithinHours: 1 });
    expect(found).toMatchObject([{ name: 'patience', violations: 3 }]);
  });
});
