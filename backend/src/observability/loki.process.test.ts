import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { eventually } from '../../test/support/eventually.ts';
import { type PushReceiver, startPushReceiver } from '../../test/support/push-receiver.ts';
import {
  demoSettings,
  type ServiceProcess,
  startServiceProcess,
} from '../../test/support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';

const SOON_MS = 15_000;
const PASSWORD = 'p@ss/hunter2';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

let loki: PushReceiver;
let started: ServiceProcess | undefined;
beforeEach(async () => {
  loki = await startPushReceiver();
});
afterEach(async () => {
  started?.child.kill('SIGKILL');
  await started?.ended();
  await loki.close();
});

const NO_FACTORY = { origin: 'http://127.0.0.1:9', apiKey: 'key-of-this-test' };

function start(lokiUrl: string, door = 'main.ts', changes: Record<string, string> = {}): ServiceProcess {
  const settings = {
    ...demoSettings({ database, factory: NO_FACTORY }),
    FACTORY_PROBE_SECONDS: '0',
    LOKI_URL: lokiUrl,
    ...changes,
  };
  started = startServiceProcess(settings, [door]);
  return started;
}

interface LokiStream {
  stream: Record<string, string>;
  values: [time: string, line: string][];
}
const streams = (): LokiStream[] =>
  loki.pushes.flatMap(({ body }) => (JSON.parse(body) as { streams: LokiStream[] }).streams);
/** Loki has the lines of this level: the end gives what is left a second, which a busy machine may not keep. */
const arePushed = (level: string) =>
  eventually(
    `lines of level ${level}`,
    () => streams().some(({ stream }) => stream.level === level),
    SOON_MS,
  );
const linesOf = (service: ServiceProcess): string[] => service.stdout().trimEnd().split('\n');

async function stop(service: ServiceProcess): Promise<void> {
  service.child.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
  expect(linesOf(service).at(-1)).toContain('"message":"stopped"');
}

describe('with LOKI_URL the log', () => {
  it('is in Loki what it is on standard output, line by line to the last, each at its own time', async () => {
    const service = start(`http://pizza:${encodeURIComponent(PASSWORD)}@${loki.host}`);
    const origin = await service.ready();
    await request(origin).get('/api/order/menu').expect(200);
    await request(origin).get('/nowhere').expect(404);
    await stop(service);
    const pushed = streams().flatMap(({ values }) => values);
    expect(pushed.map(([, line]) => line)).toEqual(linesOf(service));
    for (const [time, line] of pushed) {
      expect(BigInt(time)).toBe(BigInt(Date.parse(JSON.parse(line).time)) * 1_000_000n);
    }
  });

  it('carries service, process and level as its labels, and nothing else', async () => {
    const service = start(`http://${loki.host}`);
    await request(await service.ready())
      .get('/api/order/menu')
      .expect(200);
    await Promise.all([arePushed('info'), arePushed('warn')]);
    await stop(service);
    const labels = new Set(streams().map(({ stream }) => JSON.stringify(stream)));
    expect([...labels].sort()).toEqual([
      '{"level":"info","service":"jwt-pizza","process":"service"}',
      '{"level":"warn","service":"jwt-pizza","process":"service"}',
    ]);
  });

  it('of a worker is told from that of a service', async () => {
    const service = start(`http://${loki.host}`, 'worker.ts');
    await eventually('the worker is ready', () => service.stdout().includes('worker ready'), SOON_MS);
    await arePushed('info');
    await stop(service);
    expect(streams().length).toBeGreaterThan(1);
    expect(new Set(streams().map(({ stream }) => stream.process))).toEqual(new Set(['worker']));
  });

  it('is pushed with the credentials of the address and to its path; the password is printed nowhere', async () => {
    const password = encodeURIComponent(PASSWORD);
    const service = start(`http://pizza:${password}@${loki.host}/tenant/`, 'main.ts', { LOG_LEVEL: 'trace' });
    await service.ready();
    await arePushed('info');
    await stop(service);
    const basic = Buffer.from(`pizza:${PASSWORD}`).toString('base64');
    expect(loki.pushes[0]).toMatchObject({
      path: '/tenant/loki/api/v1/push',
      headers: { authorization: `Basic ${basic}` },
    });
    const bodies = loki.pushes.map(({ body }) => body).join();
    const printed = service.stdout() + service.stderr() + bodies;
    for (const secret of [PASSWORD, password, basic]) expect(printed).not.toContain(secret);
  });
});

describe('a Loki', () => {
  async function livesWithout(lokiUrl: string, cause: string): Promise<void> {
    const service = start(lokiUrl);
    const origin = await service.ready();
    await eventually('it is told', () => service.stdout().includes('Loki does not take'), SOON_MS);
    await request(origin).get('/api/order/menu').expect(200);
    await stop(service);
    expect(service.stderr()).toBe('');
    const warnings = linesOf(service).filter((line) => line.includes('Loki'));
    expect(warnings.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'WARN', cause }),
    ]);
    expect(service.stdout()).not.toContain('hunter2');
  }

  it('that is away costs one warning, and the service starts, answers and ends with 0', async () => {
    const gone = await startPushReceiver();
    await gone.close();
    await livesWithout(`http://pizza:hunter2@${gone.host}`, 'ECONNREFUSED');
  });

  it('that refuses what it is given costs one warning, and the service ends with 0', async () => {
    loki.answer = 429;
    await livesWithout(`http://pizza:hunter2@${loki.host}`, 'status 429');
    expect(loki.pushes.length).toBeGreaterThan(1);
  });

  it('that takes lines and never answers does not keep the process from ending', async () => {
    loki.answer = 'never';
    const service = start(`http://${loki.host}`);
    await service.ready();
    await eventually('a push hangs', () => loki.pushes.length > 0, SOON_MS);
    await stop(service);
  });

  it('at an address that is none keeps the service from starting, and its password from the words about it', async () => {
    for (const url of ['ftp://pizza:hunter2@loki:3100', 'http://pizza:hunter2%zz@loki:3100']) {
      const service = start(url);
      expect(await service.ended()).toBe(1);
      expect(service.stderr()).toMatch(/^ {2}LOKI_URL: must .+$/m);
      expect(service.stderr() + service.stdout()).not.toContain('hunter2');
    }
  });
});
