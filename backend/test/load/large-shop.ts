import { type Connection, createConnection } from 'mysql2/promise';

/** How much the shop has sold: enough that a query without its index shows. `LARGE_SHOP_ORDERS=200000` is what runs nightly. */
export const LARGE_SHOP = {
  users: 5_000,
  franchises: 300,
  stores: 900,
  orders: Number(process.env.LARGE_SHOP_ORDERS || 40_000),
  auditEntries: 3_000,
};
/** Users that are there before: the first of them gets one order of 33. */
const USERS_OF_THE_TEST = 3;
export const BUSY_DINER_ID = 1;
const BUSY_DINER_EVERY = 33;
/** Orders of the busy diner that are settled: one of the first, one of the last. */
export const BUSY_DINER_ORDERS = [
  1 + BUSY_DINER_EVERY * 3,
  1 + BUSY_DINER_EVERY * Math.floor((LARGE_SHOP.orders - 1_900) / BUSY_DINER_EVERY),
] as const;
/** A page of ten of the busy diner's orders, far from the first. */
export const DEEP_PAGE = Math.floor(LARGE_SHOP.orders / 400);
/** Its first store alone makes one pizza of ten. */
export const BUSY_FRANCHISE_ID = 1;

const { users, franchises, stores, auditEntries } = LARGE_SHOP;
const NEWEST_UNSETTLED = 300;
const DIGITS = `(${Array.from({ length: 10 }, (_, digit) => `select ${digit} as d`).join(' union all ')})`;
const ascii = (text: string): string => `convert(${text} using ascii)`;

// `n` counts the orders from 0. What an order is follows from its number alone, so that no two runs differ. `@orders` is
// how many there are.
const isUnsettled = `n >= @orders - ${NEWEST_UNSETTLED}`;
const isLate = 'n % 20 = 0';
const state = `case when ${isUnsettled} then if(n % 3 = 0, 'making', 'waiting')
  when n % 100 = 91 then 'failed' when n % 100 = 95 then 'cancelled' else 'ready' end`;
const pizzas = '(1 + n % 2)';
const price = 'cast((1 + n * 7919 % 1000000) / 100000000 as decimal(20, 8))';
const store = `if(n % 10 = 0, 1, 1 + (n * 31 + n div 10) % ${stores})`;
const diner = `if(n % ${BUSY_DINER_EVERY} = 0, ${BUSY_DINER_ID}, 1 + n * 17 % ${users})`;
const placedAt = `now(3) - interval (@orders - n) * 13 second`;
const fence = `case when ${state} = 'making' then 1 when ${state} = 'waiting' then 2 when ${isLate} then 4 else 2 end`;

const PEOPLE_AND_STORES = [
  'create table seed_numbers (n int not null primary key)',
  `insert into seed_numbers
    select a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d + 100000 * f.d + 1000000 * m.d as n
    from ${DIGITS} a, ${DIGITS} b, ${DIGITS} c, ${DIGITS} d, ${DIGITS} e, ${DIGITS} f, ${DIGITS} m
    where m.d <= @orders div 1000000
      and a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d + 100000 * f.d + 1000000 * m.d
        < greatest(@orders, ${users})
    order by n`,
  `insert into users (id, name, email, email_key, password_hash)
    select n + 1, concat('Diner ', n), concat('diner', n, '@example.com'), concat('diner', n, '@example.com'), 'none'
    from seed_numbers where n >= ${USERS_OF_THE_TEST} and n < ${users} order by n`,
  `insert into user_roles (user_id, role) select n + 1, 'diner' from seed_numbers where n >= ${USERS_OF_THE_TEST} and n < ${users} order by n`,
  `insert into sessions (id, user_id, expires_at)
    select ${ascii("concat('00000000-0000-4000-8000-', lpad(n, 12, '0'))")}, n + 1, now(3) + interval 1 day
    from seed_numbers where n >= ${USERS_OF_THE_TEST} and n < ${users} order by n`,
  `insert into menu_items (id, title, description, image, price, position)
    select n + 1, concat('Pizza ', n), 'A garden of delight', '/pictures/veggie.webp', 0.0038, n + 1
    from seed_numbers where n < 12`,
  `insert into franchises (id, name) select n + 1, concat('Franchise ', n) from seed_numbers where n < ${franchises}`,
  `insert into user_roles (user_id, role, object_id)
    select n + 1 + ${USERS_OF_THE_TEST}, 'franchisee', n + 1 from seed_numbers where n < ${franchises} order by n`,
  `insert into stores (id, franchise_id, name)
    select n + 1, 1 + n % ${franchises}, concat('Store ', n) from seed_numbers where n < ${stores} order by n`,
];

const ORDERS = `insert into orders (id, diner_id, franchise_id, store_id, state, total, pizzas, jwt, fence, lease_node, lease_until,
      next_attempt_at, placed_at, patience_since, settled_at)
    select n + 1, ${diner}, 1 + (${store} - 1) % ${franchises}, ${store}, ${state}, ${pizzas} * ${price}, ${pizzas},
      if(${state} = 'ready', repeat('e', 40), null), ${fence}, if(${state} = 'making', 'node:1', null),
      if(${state} = 'making', now(3) + interval 1 day, null),
      if(${state} = 'waiting', now(3) + interval (n % 5 * 3600 - 7200) second, null),
      ${placedAt}, ${placedAt}, if(${isUnsettled}, null, ${placedAt})
    from seed_numbers where n < @orders order by n`;

// Beside the orders, over a connection of their own: a server has more than one processor.
const THEIR_ROWS = [
  ...[1, 2].map(
    (position) => `insert into order_items (order_id, position, menu_id, title, price)
      select n + 1, ${position}, 1 + (n + ${position}) % 12, concat('Pizza ', (n + ${position}) % 12), ${price}
      from seed_numbers where n < @orders and ${position} <= ${pizzas} order by n`,
  ),
  transitions({ from: 'null', to: "'making'", cause: 'placed', fence: '1', where: '1 = 1' }),
  transitions({
    from: "'making'",
    to: "'waiting'",
    cause: 'busy',
    fence: '2',
    where: `${state} = 'waiting' or (${isLate} and not (${isUnsettled}))`,
  }),
  transitions({
    from: "'waiting'",
    to: "'making'",
    cause: 'attempt',
    fence: '3',
    where: `${isLate} and not (${isUnsettled})`,
  }),
  transitions({ from: "'making'", to: state, cause: 'settled', fence, where: `not (${isUnsettled})` }),
  `insert into factory_attempts (order_id, number, factory, node, started_at, total_ms, http_status, outcome)
    select n + 1, 1, 'http://factory.test', 'node:1', ${placedAt}, 20 + n % 500, 200, 'made'
    from seed_numbers where n < @orders and n % 4 = 0 order by n`,
  `insert into audit_log (actor_id, action, subject_type, subject_id, details, request_id)
    select 1 + n % ${users}, 'store.updated', 'store', 1 + n % ${stores}, '{}', concat('request-', n)
    from seed_numbers where n < ${auditEntries} order by n`,
];

function transitions(step: {
  from: string;
  to: string;
  cause: string;
  fence: string;
  where: string;
}): string {
  return `insert into order_transitions (order_id, from_state, to_state, cause, node, fence, at)
    select n + 1, ${step.from}, ${ascii(step.to)}, '${step.cause}', 'node:1', ${step.fence}, ${placedAt}
    from seed_numbers where n < @orders and (${step.where}) order by n`;
}

interface Key {
  name: string;
  columns: string;
}

/** Keys that are made from all rows at once take a fraction of the time. Those of foreign keys have to stay. */
async function dropKeys(connection: Connection): Promise<Key[]> {
  const [rows] = await connection.query(`
    select index_name as name, group_concat(column_name order by seq_in_index) as columns
    from information_schema.statistics where table_schema = database() and table_name = 'orders'
    group by index_name having columns not like 'diner_id%' and columns not like 'store_id,id' and name <> 'PRIMARY'`);
  const keys = rows as Key[];
  await connection.query(`alter table orders ${keys.map(({ name }) => `drop key ${name}`).join(', ')}`);
  return keys;
}

async function connect(url: string, orders: number): Promise<Connection> {
  const connection = await createConnection({ uri: url, timezone: 'Z' });
  await connection.query("set session time_zone = '+00:00'");
  // Generated rows keep every rule; looking each of them up again would take longer than writing them.
  await connection.query('set session foreign_key_checks = 0, unique_checks = 0');
  await connection.query('set @orders = ?', [orders]);
  return connection;
}

async function insertOrders(connection: Connection): Promise<void> {
  const keys = await dropKeys(connection);
  await connection.query(ORDERS);
  const additions = keys.map(({ name, columns }) => `add key ${name} (${columns})`);
  await connection.query(`alter table orders ${additions.join(', ')}`);
}

async function runAll(connection: Connection, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await connection.query(statement);
}

/** Fills a migrated schema that holds nothing but three users with a shop that has sold this much; its figures are not written. */
export async function buildLargeShop(url: string, { orders } = { orders: LARGE_SHOP.orders }): Promise<void> {
  const [first, second] = await Promise.all([connect(url, orders), connect(url, orders)]);
  try {
    await runAll(first, PEOPLE_AND_STORES);
    await Promise.all([insertOrders(first), runAll(second, THEIR_ROWS)]);
    await runAll(first, ['drop table seed_numbers']);
  } finally {
    await Promise.all([first.end(), second.end()]);
  }
}

/** Tells the optimizer how large every table has become. */
export async function analyzeTables(connection: Connection): Promise<void> {
  const [rows] = await connection.query(
    'select table_name as name from information_schema.tables where table_schema = database()',
  );
  for (const { name } of rows as { name: string }[]) await connection.query('analyze table ??', [name]);
}
