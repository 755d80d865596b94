import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { aDemoDiner } from '../test/support/demo-diner.ts';
import { eventually } from '../test/support/eventually.ts';
import { parseMetrics, type Sample } from '../test/support/read-metrics.ts';
import { demoSettings, type ServiceProcess, startServiceProcess } from '../test/support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/test-database.ts';
import { startTestFactory, type TestFactory } from '../test/support/test-factory.ts';

const SOON_MS = 20_000;
// One after the other, each a whole service.
const ALL_READY_WITHIN_MS = 45_000;
const WHOLE_TEST_MS = 90_000;

let database: TestDatabase;
let factory: TestFactory;
let service: ServiceProcess;
beforeAll(async () => {
  [database, factory] = await Promise.all([createTestDatabase(), startTestFactory()]);
});
afterAll(async () => {
  await factory.close();
  await database.drop();
});

function start(changes: Record<string, string> = {}): ServiceProcess {
  service = startServiceProcess({ ...demoSettings({ database, factory }), WORKERS: '2', ...changes });
  return service;
}

const lines = (): { message: string; pid?: number; port?: number }[] =>
  service
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line));
const pids = (): number[] =>
  lines().flatMap(({ message, pid }) => (message === 'ready' && pid !== undefined ? [pid] : []));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Both are ready; answers where. */
async function bothReady(): Promise<string> {
  await eventually(
    'both processes are ready',
    () => lines().some(({ message }) => message === 'all processes are ready'),
    ALL_READY_WITHIN_MS,
  );
  return `http://127.0.0.1:${lines().find(({ message }) => message === 'ready')?.port}`;
}

async function readSamples(origin: string): Promise<{ text: string; samples: Sample[] }> {
  const { text } = await request(origin).get('/metrics').expect(200);
  return { text, samples: parseMetrics(text) };
}

jest.setTimeout(WHOLE_TEST_MS);

async function killAll(): Promise<void> {
  service.child.kill('SIGKILL');
  await service.ended();
  await eventually('its processes are gone', () => pids().every((pid) => !isAlive(pid)), SOON_MS);
}

describe('several processes that share a port', () => {
  let origin: string;
  beforeAll(async () => {
    start();
    origin = await bothReady();
  }, WHOLE_TEST_MS);
  afterAll(killAll);

  it('share its requests, and whichever is asked tells the metrics of all', async () => {
    for (let call = 1; call <= 8; call += 1) await request(origin).get('/api/order/menu').expect(200);
    const { text, samples } = await readSamples(origin);
    const served = samples.filter(
      ({ name, labels }) =>
        name === 'http_request_duration_seconds_count' && labels.route === '/api/order/menu',
    );
    expect(served.map(({ labels }) => labels.process).sort()).toEqual(['1', '2']);
    expect(served.reduce((sum, { value }) => sum + value, 0)).toBe(8);
    const families = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    expect(new Set(families).size).toBe(families.length);
    // One each, and not added up: both look at the same database.
    const open = samples.filter(({ name }) => name === 'pizza_database_up');
    expect(open.map(({ value }) => value)).toEqual([1, 1]);
  });

  it('go on when one of them is killed, and another one takes its place', async () => {
    const [, second = 0] = pids();
    process.kill(second, 'SIGKILL');
    await eventually('a third one is ready', () => pids().length === 3, ALL_READY_WITHIN_MS);
    const diner = await aDemoDiner(origin);
    for (let order = 1; order <= 4; order += 1) expect((await diner.order()).status).toBe(200);
    expect(isAlive(second)).toBe(false);
    expect((await request(origin).get('/health/ready')).status).toBe(200);
    const { samples } = await readSamples(origin);
    const placed = samples.filter(({ name }) => name === 'pizza_orders_placed_total');
    expect(placed.map(({ labels }) => labels.process).sort()).toEqual(['1', '2']);
    expect(placed.reduce((sum, { value }) => sum + value, 0)).toBe(4);
  });

  it('end in order when the first is asked to, with 0', async () => {
    service.child.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
    expect(pids().some(isAlive)).toBe(false);
    expect(lines().filter(({ message }) => message === 'stopped')).toHaveLength(2);
    expect(service.stderr()).toBe('');
  });
});

describe('several processes', () => {
  afterEach(killAll);

  it('end by themselves when the first is killed', async () => {
    start();
    await bothReady();
    service.child.kill('SIGKILL');
    await eventually('both are gone', () => pids().every((pid) => !isAlive(pid)), SOON_MS);
    expect(pids()).toHaveLength(2);
  });

  it('that are asked to end all leave first, and serve on until their drain is over', async () => {
    start({ DRAIN_SECONDS: '300' });
    const origin = await bothReady();
    service.child.kill('SIGTERM');
    await eventually(
      'both have begun to stop',
      () => lines().filter(({ message }) => message === 'stopping').length === 2,
      SOON_MS,
    );
    for (let call = 1; call <= 4; call += 1) {
      await request(origin).get('/health/ready').expect(503);
      await request(origin).get('/api/order/menu').expect(200);
    }
    service.child.kill('SIGINT');
    expect(await service.ended()).toBe(0);
    expect(lines().filter(({ message }) => message === 'stopped')).toHaveLength(2);
  });

  it('that cannot start say so once, and exit 1', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    try {
      start({ PORT: String((occupant.address() as AddressInfo).port) });
      expect(await service.ended()).toBe(1);
      expect(service.stderr().trim().split('\n')).toEqual([expect.stringMatching(/port.* taken/i)]);
    } finally {
      occupant.close();
    }
  });
});
