import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aStore, aStoredOrder, aUser } from '../../../../test/support/builders.ts';
import { freeFold } from '../../../../test/support/fold.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { checkStore } from './figures.service.ts';
import { foldOnce } from './fold-figures.ts';

const FILES = {
  pool: join(import.meta.dirname, '../../../database/pool.ts'),
  logger: join(import.meta.dirname, '../../../observability/logger.ts'),
  fold: join(import.meta.dirname, 'fold-figures.ts'),
};

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

/** A process that folds, says so when everything is written, and never commits. */
function startFold() {
  const script = `
    import { openDatabase } from ${JSON.stringify(FILES.pool)};
    import { createLogger } from ${JSON.stringify(FILES.logger)};
    import { foldOnce } from ${JSON.stringify(FILES.fold)};
    const db = openDatabase(process.env.DATABASE_URL, { log: createLogger('silent') });
    const beforeCommit = () => { process.stdout.write('written'); return new Promise(() => setInterval(() => {}, 1_000)); };
    await foldOnce(db, { node: 'killed:1', steps: { beforeCommit } });`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: process.env.PATH, DATABASE_URL: service.config.databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

it('a node that is killed with kill -9 in the middle of a fold loses nothing and doubles nothing', async () => {
  const diner = await aUser(service);
  const store = await aStore(service);
  for (const state of ['ready', 'failed', 'ready'] as const)
    await aStoredOrder(service, { dinerId: diner.id, state, store, total: 0.5 });
  const child = startFold();
  expect(String(await once(child.stdout, 'data'))).toBe('written');
  // The right to fold is taken, and what is written is not committed.
  expect(await foldOnce(service.db, { node: 'other:1' })).toBeUndefined();
  expect(await checkStore(service.db, store.id)).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await checkStore(service.db, store.id)).toEqual([]);
  // Its lease ends.
  await freeFold(service);
  expect(await foldOnce(service.db, { node: 'other:1' })).toBe(3);
  expect(
    await service.db
      .selectFrom('store_day_figures')
      .select(['orders', 'revenue', 'failed'])
      .where('store_id', '=', store.id)
      .execute(),
  ).toEqual([{ orders: 2, revenue: '1.00000000', failed: 1 }]);
  expect(await checkStore(service.db, store.id)).toEqual([]);
});
