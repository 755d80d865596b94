import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { eventually } from '../../../../test/support/eventually.ts';
import { foldAll } from '../../../../test/support/fold.ts';
import { type FullShop, fillShop } from '../../../../test/support/full-shop.ts';
import { readAttempts, readHistory } from '../../../../test/support/order-rows.ts';
import { freeSweep } from '../../../../test/support/sweep.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { checkFigures, rebuildFigures } from '../figures/figures.service.ts';
import { createInvariants } from '../invariants/invariants.service.ts';
import { sweepHistory } from './sweep-history.repository.ts';

const LONG_AGO_DAYS = 200;
const SOON_MS = 20_000;
const keepMs = 180 * 86_400_000;

let service: TestService;
let shop: FullShop;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
beforeEach(async () => {
  shop = await fillShop(service);
  await freeSweep(service);
});
afterAll(() => service.stop());

/** All that happened so far happened so many days earlier; what is open has just been placed or tried again. */
async function letDaysPass(days: number): Promise<void> {
  const { db } = service;
  const back = sql`interval ${days * 86_400} second`;
  await sql`update orders set placed_at = placed_at - ${back}, settled_at = settled_at - ${back}`.execute(db);
  await sql`update order_transitions set at = at - ${back}`.execute(db);
  await sql`update order_transitions set store_day = store_day - interval ${days} day where store_day is not null`.execute(
    db,
  );
  await sql`update factory_attempts set started_at = started_at - ${back}`.execute(db);
  await sql`delete from store_day_figures`.execute(db);
  await sql`delete from store_item_day_figures`.execute(db);
  await rebuildFigures(db);
}

async function sweepAll(): Promise<void> {
  await freeSweep(service);
  expect(await service.retention.runOnce()).toBe('finished');
}

const stepsOf = async (orderId: number): Promise<string[]> =>
  (await readHistory(service, orderId)).map(({ to, fence }) => `${to} ${fence}`);

/** A process that sweeps the history once. */
function startSweep() {
  const file = (name: string): string => JSON.stringify(join(import.meta.dirname, name));
  const script = `
    import { openDatabase } from ${file('../../../database/pool.ts')};
    import { createLogger } from ${file('../../../observability/logger.ts')};
    import { sweepHistory } from ${file('sweep-history.repository.ts')};
    const db = openDatabase(process.env.DATABASE_URL, { log: createLogger('silent') });
    await sweepHistory(db, { keepMs: ${keepMs} }, 10_000);`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: process.env.PATH, DATABASE_URL: service.config.databaseUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function isDeleting(): Promise<boolean> {
  const { rows } = await sql<{ Info: string | null }>`show full processlist`.execute(service.db);
  return rows.some(({ Info }) => /^\s*delete from `order_transitions`/.test(Info ?? ''));
}

async function whatIsWrong() {
  const checked = await createInvariants(service.db).check();
  const broken = checked.filter(({ violations }) => violations > 0).map(({ name }) => name);
  return { broken, differences: (await checkFigures(service.db)).differences };
}
const NOTHING = { broken: [], differences: [] };

describe('S49: the history of orders', () => {
  it('that are over for long keeps what their figures follow from, and open ones keep all of it', async () => {
    await foldAll(service);
    await letDaysPass(LONG_AGO_DAYS);
    const before = await stepsOf(shop.orders.waiting);
    await sweepAll();
    const { orders } = shop;
    expect(await stepsOf(orders.ready)).toEqual(['ready 2']);
    // It waited for the factory, which makes it late.
    expect(await stepsOf(orders.readyLate)).toEqual(['waiting 2', 'ready 4']);
    expect(await stepsOf(orders.failed)).toEqual(['failed 2']);
    expect(await stepsOf(orders.cancelled)).toEqual(['cancelled 2']);
    expect(await stepsOf(orders.waiting)).toEqual(before);
    expect(await readAttempts(service, orders.readyLate)).toEqual([]);
    expect(await readAttempts(service, orders.waiting)).toHaveLength(2);
    expect(await whatIsWrong()).toEqual(NOTHING);
  });

  it('of yesterday stays as it is', async () => {
    await foldAll(service);
    await letDaysPass(1);
    await sweepAll();
    expect(await stepsOf(shop.orders.ready)).toEqual(['making 1', 'ready 2']);
    expect(await readAttempts(service, shop.orders.ready)).toHaveLength(1);
    expect(await whatIsWrong()).toEqual(NOTHING);
  });

  it('stays whole while the figures do not have it', async () => {
    await letDaysPass(LONG_AGO_DAYS);
    // Rebuilding counts what is unfolded as it is; nothing was folded before.
    await sweepAll();
    expect(await stepsOf(shop.orders.readyLate)).toHaveLength(4);
    await foldAll(service);
    expect(await whatIsWrong()).toEqual(NOTHING);
  });

  it('can be added up anew after it was swept: the figures are the same to the satoshi', async () => {
    await foldAll(service);
    await letDaysPass(LONG_AGO_DAYS);
    const read = () =>
      sql`select * from store_item_day_figures order by store_id, day, menu_id`.execute(service.db);
    const before = (await read()).rows;
    await sweepAll();
    await sql`delete from store_day_figures`.execute(service.db);
    await sql`delete from store_item_day_figures`.execute(service.db);
    await rebuildFigures(service.db);
    expect((await read()).rows).toEqual(before);
  });

  it('of an order that fails, is swept, and is tried again goes on, and is swept whole the next time', async () => {
    const { diner, orders } = shop;
    await foldAll(service);
    await letDaysPass(LONG_AGO_DAYS);
    await sweepAll();
    await service.http.post(`/api/order/${orders.failed}/retry`).set(diner.bearer).expect(200);
    expect(await stepsOf(orders.failed)).toEqual(['failed 2', 'waiting 3']);
    expect(await whatIsWrong()).toEqual(NOTHING);
    await service.http.post(`/api/order/${orders.failed}/cancel`).set(diner.bearer).expect(200);
    await foldAll(service);
    expect(await whatIsWrong()).toEqual(NOTHING);
    await letDaysPass(LONG_AGO_DAYS);
    await sweepAll();
    expect(await stepsOf(orders.failed)).toEqual(['cancelled 4']);
    expect(await whatIsWrong()).toEqual(NOTHING);
  });

  it('is still judged: a step that does not follow, and a missing end, are found', async () => {
    await foldAll(service);
    await letDaysPass(LONG_AGO_DAYS);
    await sweepAll();
    const { db } = service;
    await sql`delete from order_transitions where order_id = ${shop.orders.ready}`.execute(db);
    await sql`update order_transitions set from_state = 'failed' where order_id = ${shop.orders.waiting} and fence = 2`.execute(
      db,
    );
    const { broken } = await whatIsWrong();
    expect(broken).toEqual(expect.arrayContaining(['history-follows', 'history-ends']));
    // For the tests after this one.
    await sql`update order_transitions set from_state = 'making' where order_id = ${shop.orders.waiting} and fence = 2`.execute(
      db,
    );
    await sql`insert into order_transitions (order_id, from_state, to_state, cause, node, fence, at)
      select id, 'making', 'ready', 'made', 'node:1', fence, settled_at from orders where id = ${shop.orders.ready}`.execute(
      db,
    );
  });
});

describe('S49: a sweep of the history', () => {
  const LIMIT = 3;
  const mark = () =>
    service.db.selectFrom('retention_marks').select('swept_until').orderBy('table_name', 'desc').execute();
  const transitions = () => service.db.selectFrom('order_transitions').selectAll().orderBy('id').execute();
  beforeEach(async () => {
    await foldAll(service);
    await letDaysPass(LONG_AGO_DAYS);
    await sql`update retention_marks set swept_until = '2000-01-01' where table_name = 'order_transitions'`.execute(
      service.db,
    );
  });

  it('whose node is killed with kill -9 in the middle leaves history and mark as they were, and the next does it all', async () => {
    const before = { rows: await transitions(), mark: await mark() };
    let killed: Promise<unknown> = Promise.resolve();
    await inTransaction(service.db, async (holder) => {
      // One of the rows that go is held: the node has moved the mark and waits.
      await sql`select * from order_transitions where order_id = ${shop.orders.ready} and fence = 1 for update`.execute(
        holder,
      );
      const child = startSweep();
      killed = once(child, 'exit');
      await eventually('it deletes', isDeleting, SOON_MS);
      child.kill('SIGKILL');
      await killed;
    });
    await eventually('the database has undone it', async () => !(await isDeleting()), SOON_MS);
    expect({ rows: await transitions(), mark: await mark() }).toEqual(before);
    await sweepAll();
    expect(await stepsOf(shop.orders.ready)).toEqual(['ready 2']);
    expect(await whatIsWrong()).toEqual(NOTHING);
  });

  it('that two nodes begin at once is done once', async () => {
    const before = (await transitions()).length;
    const swept = await Promise.all([1, 2].map(() => sweepHistory(service.db, { keepMs }, 10_000)));
    const deleted = swept.map(({ rows }) => rows);
    expect(Math.max(...deleted)).toBeGreaterThan(0);
    expect(before - (await transitions()).length).toBe(deleted.reduce((sum, rows) => sum + rows));
    expect(await whatIsWrong()).toEqual(NOTHING);
  });

  it('gets past any number of transitions of one millisecond', async () => {
    await sql`update order_transitions set at = ${new Date(Date.now() - LONG_AGO_DAYS * 86_400_000)}`.execute(
      service.db,
    );
    expect(await sweepHistory(service.db, { keepMs }, LIMIT)).toMatchObject({ hasMore: true });
    expect(await sweepHistory(service.db, { keepMs }, LIMIT)).toEqual({ rows: 0, hasMore: false });
    expect(await stepsOf(shop.orders.ready)).toEqual(['ready 2']);
  });
});
