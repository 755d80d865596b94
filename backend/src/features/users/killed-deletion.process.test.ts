import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { anOrderRequest, aStoredOrder, aUser } from '../../../test/support/builders.ts';
import { foldAll } from '../../../test/support/fold.ts';
import { readOrderRow } from '../../../test/support/order-rows.ts';
import { SECRET } from '../../../test/support/service-process.ts';
import { dumpTables, foundIn } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { createInvariants } from '../fulfillment/invariants/invariants.service.ts';

const NOTE = 'ring twice, 555-0199';
const SOURCES = join(import.meta.dirname, '../..');
const FILES = Object.fromEntries(
  ['compose', 'config', 'serve', 'observability/logger', 'observability/statement-channel'].map((name) => [
    name,
    JSON.stringify(join(SOURCES, `${name}.ts`)),
  ]),
);

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

/** A node that does nothing but answer, and is killed with the end of the so-manieth statement of its life. */
function startNode(statements: number) {
  const script = `
    import { compose } from ${FILES.compose};
    import { readConfig } from ${FILES.config};
    import { serve } from ${FILES.serve};
    import { createLogger } from ${FILES['observability/logger']};
    import { finishedStatements } from ${FILES['observability/statement-channel']};
    let left = ${statements};
    finishedStatements.subscribe(() => {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
    });
    const service = compose({ config: readConfig(process.env, 'killed'), log: createLogger('silent') });
    const server = await serve(service.app, { port: 0, host: '127.0.0.1' });
    process.stdout.write(String(server.port));`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.TEST_COMPILE_CACHE,
      DATABASE_URL: service.config.databaseUrl,
      JWT_SECRET: SECRET,
      PASSWORD_PEPPER: SECRET,
      DEMO: '1',
      FACTORY_URL: service.factory.origin,
      FACTORY_API_KEY: service.factory.apiKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function aDiner() {
  const diner = await aUser(service);
  const request = await anOrderRequest(service);
  const items = request.items.map((item) => ({ ...item, note: NOTE }));
  const answer = await service.http
    .post('/api/order')
    .set(diner.bearer)
    .send({ ...request, items })
    .expect(200);
  const openId = await aStoredOrder(service, { dinerId: diner.id, state: 'waiting' });
  return { diner, openId, traces: [diner.name, diner.email, NOTE, answer.body.jwt as string] };
}

/** Asks such a node to delete the account; answers its status, or undefined when it was killed before. */
async function removeAt(statements: number, { id, bearer }: Awaited<ReturnType<typeof aUser>>) {
  const node = startNode(statements);
  const ended = once(node, 'exit');
  try {
    const port = String(await once(node.stdout, 'data'));
    const address = `http://127.0.0.1:${port}/api/user/${id}`;
    const answer = await fetch(address, { method: 'DELETE', headers: bearer }).catch(() => undefined);
    return answer?.status;
  } finally {
    node.kill('SIGKILL');
    await ended;
  }
}

it('S43: a deletion whose node is killed after any of its statements is as if not asked for, or is finished by another node', async () => {
  const outcomes: string[] = [];
  for (let statements = 1; outcomes.at(-1) !== 'done'; statements += 1) {
    const { diner, openId, traces } = await aDiner();
    const status = await removeAt(statements, diner);
    const me = await service.http.get('/api/user/me').set(diner.bearer);
    const isAsBefore = me.status === 200;
    if (isAsBefore) {
      expect(await readOrderRow(service, openId)).toMatchObject({ state: 'waiting' });
      expect(foundIn(await dumpTables(service), traces)).toEqual(traces);
      await service.http.delete(`/api/user/${diner.id}`).set(diner.bearer).expect(200);
    } else if (status === undefined) {
      // Its lease ends.
      await sql`update users set erasure_lease_until = now(3) where id = ${diner.id}`.execute(service.db);
      await service.accountErasure.finishDue();
    }
    expect(foundIn(await dumpTables(service), traces)).toEqual([]);
    expect(await readOrderRow(service, openId)).toMatchObject({ state: 'cancelled', reason: 'diner_left' });
    outcomes.push(status === 200 ? 'done' : isAsBefore ? 'as before' : 'finished by another');
  }
  await foldAll(service);
  const checked = await createInvariants(service.db).check();
  expect(checked.filter(({ violations }) => violations > 0)).toEqual([]);
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  expect(count('as before')).toBeGreaterThan(5);
  expect(count('finished by another')).toBeGreaterThan(5);
  process.stdout.write(
    `killed deletions: ${count('as before')} as before, ${count('finished by another')} finished by another node\n`,
  );
}, 240_000);
