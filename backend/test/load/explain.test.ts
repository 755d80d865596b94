import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { createFigures } from '../../src/database/migrations/0004-figures.ts';
import { checkFigures } from '../../src/features/fulfillment/figures.service.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { analyzeTables, buildLargeShop } from './large-shop.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  let t = Date.now();
  await buildLargeShop(service.config.databaseUrl);
  process.stderr.write(`seed ${Date.now() - t}\n`);
  t = Date.now();
  await createFigures.up(service.db);
  process.stderr.write(`rebuild ${Date.now() - t}\n`);
  t = Date.now();
  const r = await checkFigures(service.db);
  process.stderr.write(`check ${Date.now() - t} ${r.differences.length}\n`);
  t = Date.now();
  const c = await createConnection(service.config.databaseUrl);
  await analyzeTables(c);
  await c.end();
  process.stderr.write(`analyze ${Date.now() - t}\n`);
}, 200_000);
afterAll(() => service.stop());
it('x', () => expect(1).toBe(1));
