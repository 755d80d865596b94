import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { createLogger } from '../observability/logger.ts';
import { createDatabaseClock } from './database-clock.ts';
import { type Database, openDatabase } from './pool.ts';

const HOUR_MS = 60 * 60 * 1000;
// The database is on this machine, so both read the same clock; asking it takes some of this on a busy one.
const CLOSE_MS = 1_000;

let schema: TestDatabase;
let db: Database;
beforeAll(async () => {
  schema = await createTestDatabase();
  db = openDatabase(schema.url, { log: createLogger('silent') });
});
afterAll(async () => {
  await db.destroy();
  await schema.drop();
});

const distance = (time: Date): number => Math.abs(time.getTime() - Date.now());

it('until it has asked, a node believes its machine', () => {
  expect(distance(createDatabaseClock(() => Date.now() + HOUR_MS).now())).toBeGreaterThan(HOUR_MS - CLOSE_MS);
});

it.each([HOUR_MS, -HOUR_MS, 0])('a clock that is %d ms off tells the time of the database', async (offMs) => {
  const clock = createDatabaseClock(() => Date.now() + offMs);
  await db.connection().execute(clock.measure);
  expect(distance(clock.now())).toBeLessThan(CLOSE_MS);
  expect(Math.abs(clock.offsetMs() + offMs)).toBeLessThan(CLOSE_MS);
});

it('a machine whose clock is set while the node runs is found out by the next look', async () => {
  let offMs = 0;
  const clock = createDatabaseClock(() => Date.now() + offMs);
  await db.connection().execute(clock.measure);
  offMs = -HOUR_MS;
  await db.connection().execute(clock.measure);
  expect(distance(clock.now())).toBeLessThan(CLOSE_MS);
});

it('an answer that took half a minute changes nothing that quick ones have told', async () => {
  let waitedMs = 0;
  let stepMs = 0;
  const clock = createDatabaseClock(() => {
    waitedMs += stepMs;
    return Date.now() + waitedMs;
  });
  await db.connection().execute(clock.measure);
  const before = clock.offsetMs();
  // As the node sees it, each look at its clock is half a minute after the one before.
  stepMs = 30_000;
  waitedMs = -stepMs;
  await db.connection().execute(clock.measure);
  expect(clock.offsetMs()).toBe(before);
});
