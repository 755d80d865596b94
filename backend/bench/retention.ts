import { setTimeout as wait } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { startDrillDatabase } from '../drill/drill-database.ts';
import { makeScratchFolder } from '../local-stack/scratch-folder.ts';
import { createFigures } from '../src/database/migrations/0004-figures.ts';
import { type Database, openDatabase } from '../src/database/pool.ts';
import { checkFigures } from '../src/features/fulfillment/figures/figures.service.ts';
import { createInvariants } from '../src/features/fulfillment/invariants/invariants.service.ts';
import { createLogger } from '../src/observability/logger.ts';
import { BENCH_CASES } from './bench-cases.ts';
import { startBenchSystem } from './bench-system.ts';
import { type Measured, measureClosed, measureOpen } from './measure.ts';

// A year in an hour: what sweeping two million old rows costs those who order meanwhile.
// `node scripts/with-node.mjs backend/bench/retention.ts [orders] [seconds of a window]`
const orders = Number(process.argv[2] ?? 900_000);
const seconds = Number(process.argv[3] ?? 60);
const PAIRS = 3;
const SETTINGS = { KEEP_ORDER_HISTORY_DAYS: '31', KEEP_FACTORY_ATTEMPTS_DAYS: '31' };
const SWEPT = ['order_transitions', 'factory_attempts', 'idempotency_keys'] as const;
const LOOK_EVERY_MS = 1_000;
const DRAINED_WITHIN_MS = 120_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const log = createLogger('silent');

// What a shop that has sold this much lacks as `large-shop.ts` writes it: makers, an attempt and a key for each order.
const REST_OF_THE_SHOP = [
  sql`update orders set maker = 'http://factory.test' where state = 'ready'`,
  sql`update orders set lease_until = now(3), patience_since = now(3) where state = 'making'`,
  sql`update orders set next_attempt_at = now(3), patience_since = now(3) where state = 'waiting'`,
  sql`update factory_attempts set signature_verdict = 'valid' where order_id is not null`,
  sql`insert into factory_attempts (order_id, number, factory, node, started_at, total_ms, http_status, outcome, signature_verdict)
    select o.id, 1, 'http://factory.test', 'node:1', o.placed_at, 20, 200, 'made', 'valid' from orders o
    left join factory_attempts a on a.order_id = o.id where a.id is null and o.settled_at is not null order by o.id`,
  sql`insert into idempotency_keys (diner_id, idempotency_key, body_hash, order_id, bound_at)
    select diner_id, concat('key-', id), repeat('a', 64), id, placed_at from orders order by id`,
];

/** Nobody sweeps until this is given back: the bench has the right to it. */
const holdSweep = (db: Database) =>
  sql`update retention_lease set node = 'bench', lease_until = now(3) + interval 1 day`.execute(db);
const freeSweep = (db: Database) => sql`update retention_lease set lease_until = now(3)`.execute(db);

async function read<Row>(db: Database, statement: RawBuilder<unknown>): Promise<Row> {
  return ((await statement.execute(db)).rows as Row[])[0] as Row;
}

async function countRows(db: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of SWEPT) {
    const { rows } = await read<{ rows: number }>(
      db,
      sql`select count(*) as \`rows\` from ${sql.table(table)}`,
    );
    counts[table] = Number(rows);
  }
  return counts;
}
const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);

async function until(what: string, isSo: () => Promise<boolean>, withinMs: number): Promise<void> {
  const endsAtMs = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > endsAtMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await wait(LOOK_EVERY_MS);
  }
}

const markOf = async (db: Database): Promise<number> =>
  Number(
    (
      await read<{ mark: string }>(
        db,
        sql`select unix_timestamp(swept_until) as mark from retention_marks where table_name = 'order_transitions'`,
      )
    ).mark,
  );

async function isSweeping(db: Database): Promise<boolean> {
  const before = await markOf(db);
  await wait(LOOK_EVERY_MS);
  return (await markOf(db)) !== before;
}

const isFinished = async (db: Database): Promise<boolean> =>
  (
    await read<{ finished: number }>(
      db,
      sql`select finished_at > now(3) - interval 2 minute and lease_until > now(3) as finished from retention_lease`,
    )
  ).finished === 1;

function tell(what: string, { rate, p50Ms, p99Ms, refused }: Measured): void {
  say(`${what}: ${rate.toFixed(0)} orders/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms, refused ${refused}`);
}

async function tellWhatHolds(db: Database): Promise<void> {
  const figures = await checkFigures(db);
  say(`figures check: ${figures.stores} stores, ${figures.differences.length} differences`);
  const checked = await createInvariants(db).check();
  const broken = checked.filter(({ violations }) => violations > 0);
  say(
    `invariants: ${checked.length} checked, ${broken.length} broken ${broken.map(({ name }) => name).join(' ')}`,
  );
}

const folder = makeScratchFolder('retention');
process.once('exit', () => folder.remove());
const database = await startDrillDatabase(folder.path, say);
const system = await startBenchSystem({
  ...{ database, folder: folder.path, orders, workers: 1, settings: SETTINGS, say },
  async prepare(url) {
    const db = openDatabase(url, { log });
    for (const statement of REST_OF_THE_SHOP) await statement.execute(db);
    await createFigures.up(db as never);
    await sql`analyze table orders, order_transitions, factory_attempts, idempotency_keys`.execute(db);
    await holdSweep(db);
    await db.destroy();
  },
});
const db = openDatabase(system.databaseUrl, { log });
const placing = BENCH_CASES.find(({ name }) => name === 'placing on twenty stores');
if (!placing) throw new Error('no such case');
const load = placing.load(system.asker);

const before = await countRows(db);
say(`rows before: ${JSON.stringify(before)}`);
await measureClosed(load, seconds / 4);
const full = await measureClosed(load, seconds / 4);
tell('full rate', full);
const rate = full.rate / 2;
const pairs: { without: Measured; with: Measured }[] = [];
for (let pair = 1; pair <= PAIRS; pair += 1) {
  const without = await measureOpen(load, { rate, seconds });
  tell('half of it, not swept', without);
  await freeSweep(db);
  await until('sweeping begins', () => isSweeping(db), DRAINED_WITHIN_MS);
  const sweeping = await measureOpen(load, { rate, seconds });
  tell('half of it, swept', sweeping);
  pairs.push({ without, with: sweeping });
  await holdSweep(db);
}
say(
  `p99 with sweeping to without: ${pairs.map((pair) => (pair.with.p99Ms / pair.without.p99Ms).toFixed(2)).join(', ')}`,
);

// The rest of it, with the same load.
await freeSweep(db);
await until('sweeping begins', () => isSweeping(db), DRAINED_WITHIN_MS);
const startedAt = performance.now();
const rowsThen = total(await countRows(db));
let placed = 0;
while (!(await isFinished(db))) {
  const measured = await measureOpen(load, { rate, seconds });
  placed += measured.answers;
  tell('half of it, swept', measured);
}
const after = await countRows(db);
const elapsed = (performance.now() - startedAt) / 1000;
// Each order adds two transitions and an attempt; the bench sends no key, so the service makes one up.
const sweptRows = rowsThen + placed * 4 - total(after);
say(
  `swept about ${sweptRows} rows in ${elapsed.toFixed(0)} s under load: ${((sweptRows / elapsed) * 3600).toFixed(0)} an hour`,
);
say(`rows after: ${JSON.stringify(after)}`);
await until(
  'no order is open',
  async () =>
    Number(
      (await read<{ open: number }>(db, sql`select count(*) as open from orders where settled_at is null`))
        .open,
    ) === 0,
  DRAINED_WITHIN_MS,
);
await tellWhatHolds(db);
await db.destroy();
await system.stop();
await database.stop();
