import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { aDemoDiner } from '../test/support/demo-diner.ts';
import { eventually } from '../test/support/eventually.ts';
import { inTheOven, UNTIL_RESET } from '../test/support/order-flow.ts';
import { endLease, historyIsPath, makeDue, readHistory, readOrderRow } from '../test/support/order-rows.ts';
import {
  demoSettings,
  SECRET,
  type ServiceProcess,
  startServiceProcess,
} from '../test/support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/test-database.ts';
import { startTestFactory, type TestFactory } from '../test/support/test-factory.ts';
import { type Database, openDatabase } from './database/pool.ts';
import { createLogger } from './observability/logger.ts';

const SOON_MS = 15_000;

let database: TestDatabase;
let factory: TestFactory;
let db: Database;
let settings: Record<string, string>;
beforeAll(async () => {
  [database, factory] = await Promise.all([createTestDatabase(), startTestFactory()]);
  db = openDatabase(database.url, { log: createLogger('silent') });
  settings = demoSettings({ database, factory });
});
const started: ServiceProcess[] = [];
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map((process) => process.ended()));
  await factory.reset();
});
afterAll(async () => {
  await db.destroy();
  await factory.close();
  await database.drop();
});

function start(changes: Record<string, string> = {}): ServiceProcess {
  const service = startServiceProcess({ ...settings, ...changes });
  started.push(service);
  return service;
}

describe('a start that cannot succeed', () => {
  async function expectRefusal(changes: Record<string, string>): Promise<string[]> {
    const service = start(changes);
    expect(await service.ended()).toBe(1);
    const told = service.stderr();
    expect(told).not.toMatch(/\n\s+at |node:internal|file:\/\/|Error:/);
    for (const secret of [SECRET, factory.apiKey, new URL(database.url).password, 'hunter2']) {
      expect(told + service.stdout()).not.toContain(secret || 'no password');
    }
    return told.trimEnd().split('\n');
  }

  it('for want of settings names every one that is missing or malformed, a line each, and exits 1', async () => {
    const lines = await expectRefusal({
      PORT: 'eighty',
      JWT_SECRET: '',
      PASSWORD_PEPPER: 'short',
      FACTORY_API_KEY: '',
    });
    expect(
      lines
        .slice(1)
        .map((line) => line.trim().split(/[: ]/)[0])
        .sort(),
    ).toEqual(['FACTORY_API_KEY', 'JWT_SECRET', 'PASSWORD_PEPPER', 'PORT']);
    expect(lines).toHaveLength(5);
  });

  it('S20, S46: in production with the settings of the demo says which it refuses, and exits 1', async () => {
    const lines = await expectRefusal({ DEMO: '', PASSWORD_MIN_LENGTH: '4' });
    expect(lines.slice(1).map((line) => line.trim().split(':')[0])).toEqual([
      'PUBLIC_URL',
      'PASSWORD_PEPPER',
      'BCRYPT_COST',
      'PASSWORD_MIN_LENGTH',
    ]);
  });

  it('because nobody answers at the address of the database says so in one line and exits 1', async () => {
    const lines = await expectRefusal({ DATABASE_URL: 'mysql://pizza:hunter2@127.0.0.1:9/pizza' });
    expect(lines).toEqual(['The database at 127.0.0.1:9 cannot be reached (ECONNREFUSED).']);
  });

  it('because the database refuses the password says so in one line and exits 1', async () => {
    const url = new URL(database.url);
    url.password = 'hunter2';
    const lines = await expectRefusal({ DATABASE_URL: url.href });
    expect(lines).toEqual([expect.stringMatching(/^The database \S+ at \S+ refused us: /)]);
  });

  it('because its port is taken says so in one line and exits 1', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const lines = await expectRefusal({ PORT: String((occupant.address() as AddressInfo).port) });
    expect(lines).toEqual([expect.stringMatching(/port.* taken/i)]);
    occupant.close();
  });
});

describe('the end of the process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s while nothing happens ends it at once with 0',
    async (signal) => {
      const service = start();
      const origin = await service.ready();
      await request(origin).get('/health/ready').expect(200);
      service.child.kill(signal);
      expect(await service.ended()).toBe(0);
      expect(service.stderr()).toBe('');
      expect(service.stdout()).toContain('"message":"stopped"');
    },
  );

  it('SIGTERM answers who waits for an order 202, lets the call end, keeps the pizza, and exits 0', async () => {
    const service = start();
    const diner = await aDemoDiner(await service.ready());
    await factory.setFault('throttle', UNTIL_RESET);
    const [patient, plain] = [diner.order('respond-async, wait=10'), diner.order()];
    await eventually(
      'both are in the oven',
      async () => (await factory.journal()).calls.filter(({ kind }) => kind === 'order').length === 2,
      SOON_MS,
    );
    service.child.kill('SIGTERM');
    const answers = await Promise.all([patient, plain]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    await factory.reset();
    expect(await service.ended()).toBe(0);
    for (const answer of answers) {
      expect(answer.headers.location).toBe(`/api/order/${answer.body.order.id}`);
      expect(await readOrderRow({ db }, answer.body.order.id)).toMatchObject({ state: 'ready' });
    }
  });
});

describe('a process that leaves', () => {
  // Longer than any test: the drain is over when the test says so.
  const ENDLESS = '300';

  it('on SIGTERM says so at once, serves and takes orders on, and closes each connection with its answer', async () => {
    const service = start({ DRAIN_SECONDS: ENDLESS });
    const origin = await service.ready();
    const diner = await aDemoDiner(origin);
    await factory.setFault('throttle', UNTIL_RESET);
    const before = diner.order('respond-async, wait=10');
    await eventually(
      'it is in the oven',
      async () => (await factory.journal()).calls.some(({ kind }) => kind === 'order'),
      SOON_MS,
    );
    service.child.kill('SIGTERM');
    const leaving = await eventually(
      'it is not ready any more',
      async () => {
        const answer = await request(origin).get('/health/ready').set('connection', 'keep-alive');
        return answer.status === 503 && answer;
      },
      SOON_MS,
    );
    await factory.reset();
    const menu = await request(origin).get('/api/order/menu').set('connection', 'keep-alive').expect(200);
    const during = await diner.order();
    expect([during.status, during.body.order.status]).toEqual([200, 'ready']);
    for (const answer of [leaving, menu, await before]) expect(answer.headers.connection).toBe('close');
    service.child.kill('SIGINT');
    expect(await service.ended()).toBe(0);
    expect(service.stderr()).toBe('');
  });

  it('ends by itself when its drain is over', async () => {
    const service = start({ DRAIN_SECONDS: '1' });
    await service.ready();
    const askedMs = performance.now();
    service.child.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
    expect(performance.now() - askedMs).toBeGreaterThan(1_000);
  });

  it('on SIGINT does not drain: a person at a terminal has no balancer', async () => {
    const service = start({ DRAIN_SECONDS: ENDLESS });
    await service.ready();
    service.child.kill('SIGINT');
    expect(await service.ended()).toBe(0);
  });
});

describe('a process that is killed', () => {
  it('loses no order: the next one takes over what was in the oven and what waited', async () => {
    const first = start();
    const diner = await aDemoDiner(await first.ready());
    await factory.setFault('error');
    const waiting: number = (await diner.order('respond-async, wait=0')).body.order.id;
    await eventually(
      'it waits',
      async () => (await readOrderRow({ db }, waiting)).state === 'waiting',
      SOON_MS,
    );
    await factory.setFault('throttle', UNTIL_RESET);
    const making: number = (await diner.order('respond-async, wait=0')).body.order.id;
    await inTheOven({ factory }, making);
    first.child.kill('SIGKILL');
    expect(await first.ended()).toBe('SIGKILL');
    expect(await readOrderRow({ db }, making)).toMatchObject({ state: 'making', jwt: null });

    await factory.reset();
    // A lease is 15 s by the database's clock: it is over now. What waited may have been asked for again meanwhile.
    for (const id of [making, waiting]) await endLease({ db }, id);
    await makeDue({ db }, waiting);
    const second = start();
    const origin = await second.ready();
    for (const id of [waiting, making]) {
      await eventually(
        `order ${id} is ready`,
        async () => (await readOrderRow({ db }, id)).state === 'ready',
        SOON_MS,
      );
      expect(historyIsPath(await readHistory({ db }, id))).toBe(true);
      const { body } = await request(origin).get(`/api/order/${id}`).set(diner.bearer).expect(200);
      await request(origin).post('/api/order/verify').send({ jwt: body.jwt }).expect(200);
    }
    expect((await readHistory({ db }, making)).map(({ cause }) => cause)).toContain('lease_ended');
  });
});
