import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { demoSettings, type ServiceProcess, startServiceProcess } from '../test/support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/test-database.ts';
import { startTestFactory, type TestFactory } from '../test/support/test-factory.ts';

// Two processes that are started four times each, on a machine that may be busy.
jest.setTimeout(240_000);

const OLD = {
  JWT_SECRET: 'the-session-secret-before-the-rotation',
  PASSWORD_PEPPER: 'the-pepper-before-the-rotation-of-it',
  METRICS_TOKEN: 'the-token-of-metrics-before',
};
const NEW = {
  JWT_SECRET: 'the-session-secret-after-the-rotation',
  PASSWORD_PEPPER: 'the-pepper-after-the-rotation-of-it-',
  METRICS_TOKEN: 'the-token-of-metrics-after',
};
type Secrets = typeof OLD;
const listed = (first: Secrets, second: Secrets): Secrets => ({
  JWT_SECRET: `${first.JWT_SECRET},${second.JWT_SECRET}`,
  PASSWORD_PEPPER: `${first.PASSWORD_PEPPER},${second.PASSWORD_PEPPER}`,
  METRICS_TOKEN: `${first.METRICS_TOKEN},${second.METRICS_TOKEN}`,
});

interface Node {
  process: ServiceProcess;
  origin: string;
}

let database: TestDatabase;
let factory: TestFactory;
const nodes: Node[] = [];
beforeAll(async () => {
  [database, factory] = await Promise.all([createTestDatabase(), startTestFactory()]);
});
afterAll(async () => {
  for (const { process } of nodes) process.child.kill('SIGKILL');
  await Promise.all(nodes.map(({ process }) => process.ended()));
  await factory.close();
  await database.drop();
});

async function start(secrets: Secrets): Promise<Node> {
  const process = startServiceProcess({
    ...demoSettings({ database, factory }),
    ...secrets,
    ...{ DEMO: '', PUBLIC_URL: 'http://127.0.0.1', BCRYPT_COST: '10', DRAIN_SECONDS: '0' },
    ...{ LOGIN_LIMIT_PER_MINUTE: '0', FACTORY_PROBE_SECONDS: '0' },
  });
  return { process, origin: await process.ready() };
}

async function restart(index: number, secrets: Secrets): Promise<void> {
  const node = nodes[index];
  node?.process.child.kill('SIGTERM');
  expect(await node?.process.ended()).toBe(0);
  nodes[index] = await start(secrets);
}

const people = ['comes-daily', 'comes-later'].map((name) => ({
  name,
  email: `${name}@example.com`,
  password: `a long pass phrase of ${name}`,
}));
const [daily, later] = people as [(typeof people)[0], (typeof people)[0]];
/** Every session that anybody has opened. */
let tokens: string[] = [];

async function logIn({ email, password }: { email: string; password: string }): Promise<void> {
  for (const { origin } of nodes) {
    const { body } = await request(origin).put('/api/auth').send({ email, password }).expect(200);
    tokens.push(body.token);
  }
}

/** Whoever is logged in at one node is at the other, and may log in again at both. */
async function expectNobodyIsOut(): Promise<void> {
  await logIn(daily);
  for (const { origin } of nodes) {
    for (const token of tokens) {
      await request(origin).get('/api/user/me').set('authorization', `Bearer ${token}`).expect(200);
    }
  }
}

async function readsMetrics({ METRICS_TOKEN }: Secrets): Promise<number[]> {
  // Behind a proxy, so that the address of this machine opens nothing.
  const ask = ({ origin }: Node) =>
    request(origin)
      .get('/metrics')
      .set({ authorization: `Bearer ${METRICS_TOKEN}`, 'x-forwarded-for': '10.0.0.1' });
  return (await Promise.all(nodes.map(ask))).map(({ status }) => status);
}

it('S46: while every secret of a running pair of nodes is rotated nobody is logged out and nobody locked out', async () => {
  for (let node = 0; node < 2; node += 1) nodes.push(await start(OLD));
  const [{ origin }] = nodes as [Node];
  for (const person of people) {
    const { body } = await request(origin).post('/api/auth').send(person).expect(200);
    tokens.push(body.token);
  }
  // First all learn the new secret, then all use it: a node that uses it never meets one that does not know it.
  for (const secrets of [listed(OLD, NEW), listed(NEW, OLD)]) {
    for (const index of [0, 1]) {
      await restart(index, secrets);
      await expectNobodyIsOut();
      expect(await readsMetrics(OLD)).toEqual([200, 200]);
    }
  }
  expect(await readsMetrics(NEW)).toEqual([200, 200]);
  // Whoever logs in while the new one is first is of the new one alone; sessions of before have run out by then.
  tokens = [];
  await logIn(later);
  await expectNobodyIsOut();
  for (const index of [0, 1]) {
    await restart(index, NEW);
    await expectNobodyIsOut();
  }
  await logIn(later);
  expect(await readsMetrics(NEW)).toEqual([200, 200]);
  expect(await readsMetrics(OLD)).toEqual([403, 403]);
});
