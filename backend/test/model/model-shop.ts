import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { decimalFromSatoshi, satoshiFromBitcoin } from '#contract/money.ts';
import { limitPool } from '../../src/database/limited-pool.ts';
import { migrate } from '../../src/database/migrate.ts';
import { type Database, databaseOver, openDatabase, openPool } from '../../src/database/pool.ts';
import { insertFranchise, insertStore } from '../../src/features/franchises/franchises.repository.ts';
import type { FactoryOrder } from '../../src/features/fulfillment/pizzas/pizza-factory.client.ts';
import type { OrderRequest } from '../../src/features/orders/check-order.ts';
import { createUsers } from '../../src/features/users/users.service.ts';
import { createLogger, type Logger } from '../../src/observability/logger.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createFaultyPool, type FaultyPool } from './faulty-pool.ts';

/** Everything a history leaves behind; what refers to others comes first. */
const TABLES = [
  'order_report_links',
  'factory_reports',
  'factory_report_calls',
  'incident_events',
  'incident_modes',
  'incidents',
  'factories',
  'factory_attempts',
  'order_transitions',
  'order_items',
  'idempotency_keys',
  'orders',
  'store_day_figures',
  'store_item_day_figures',
] as const;

/** In bitcoin. */
const PRICE = 0.0038;

/** What lies between a node and the database. */
export interface DatabaseLine {
  db: Database;
  faults: FaultyPool;
}

const STATEMENT_LIMIT_MS = 60_000;

function openLine(url: string, log: Logger): DatabaseLine {
  const faults = createFaultyPool(limitPool(openPool(url), STATEMENT_LIMIT_MS));
  return { db: databaseOver(faults.pool, log), faults };
}

export interface ModelShop {
  db: Database;
  /** The same database as each of the two nodes reaches it. */
  lines: [DatabaseLine, DatabaseLine];
  log: Logger;
  /** What was logged of warnings and errors since it was asked last. */
  takeLog(): string[];
  diner: FactoryOrder['diner'];
  request: OrderRequest;
  /** As if no order had ever been placed. */
  forgetOrders(): Promise<void>;
  close(): Promise<void>;
}

/** A database with one store, one pizza and one diner, which many histories use one after another. */
export async function openModelShop(): Promise<ModelShop> {
  const database = await createTestDatabase();
  let lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = createLogger('warn', destination);
  const db = openDatabase(database.url, { log });
  await migrate(db);
  const databaseLines: ModelShop['lines'] = [openLine(database.url, log), openLine(database.url, log)];
  const account = { name: 'diner', email: 'diner@example.com' };
  const { id } = await createUsers(db).createUser({
    ...account,
    passwordHash: 'none',
    roles: [{ role: 'diner' }],
  });
  const franchiseId = await insertFranchise(db, 'franchise');
  const storeId = await insertStore(db, { franchiseId, name: 'store' });
  const item = await db
    .insertInto('menu_items')
    .values({
      title: 'Veggie',
      description: 'A garden of delight',
      image: '/pictures/veggie.webp',
      price: decimalFromSatoshi(satoshiFromBitcoin(PRICE)),
      position: 1,
      is_available: true,
    })
    .executeTakeFirstOrThrow();
  return {
    db,
    lines: databaseLines,
    log,
    takeLog: () => {
      const taken = lines;
      lines = [];
      return taken;
    },
    diner: { id, ...account },
    request: {
      franchiseId,
      storeId,
      items: [{ menuId: Number(item.insertId), description: 'Veggie', price: PRICE, quantity: 1 }],
    },
    async forgetOrders() {
      for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(db);
    },
    async close() {
      for (const own of [db, ...databaseLines.map((line) => line.db)]) await own.destroy();
      await database.drop();
    },
  };
}
