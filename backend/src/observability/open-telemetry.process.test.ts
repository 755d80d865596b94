import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { aDemoDiner } from '../../test/support/demo-diner.ts';
import { eventually } from '../../test/support/eventually.ts';
import { type PushReceiver, startPushReceiver } from '../../test/support/push-receiver.ts';
import {
  demoSettings,
  SECRET,
  type ServiceProcess,
  startServiceProcess,
} from '../../test/support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { startTestFactory, type TestFactory } from '../../test/support/test-factory.ts';

const SOON_MS = 15_000;
// What an export to a hanging collector takes; its process gives the last spans a second.
const EXPORT_TIMEOUT_MS = 5_000;
const API_KEY = 'planted-key-7d21';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
// Tells on standard error of every module of OpenTelemetry that is loaded, in whatever way.
const TELL_MODULES = `--import=data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from 'node:module';
   registerHooks({ load(url, context, next) {
     if (url.includes('/node_modules/@opentelemetry/')) process.stderr.write('loaded ' + url + String.fromCharCode(10));
     return next(url, context);
   } });`,
)}`;

let database: TestDatabase;
let factory: TestFactory;
beforeAll(async () => {
  [database, factory] = await Promise.all([createTestDatabase(), startTestFactory(API_KEY)]);
});
afterAll(async () => {
  await factory.close();
  await database.drop();
});

let collector: PushReceiver;
let started: ServiceProcess | undefined;
beforeEach(async () => {
  collector = await startPushReceiver();
  collector.answer = 200;
});
afterEach(async () => {
  started?.child.kill('SIGKILL');
  await started?.ended();
  await Promise.all([collector.close(), factory.reset()]);
});

function start(changes: Record<string, string>): ServiceProcess {
  const settings = {
    ...demoSettings({ database, factory }),
    FACTORY_PROBE_SECONDS: '0',
    ...changes,
  };
  started = startServiceProcess(settings);
  return started;
}
const startTraced = (changes: Record<string, string> = {}): ServiceProcess =>
  start({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${collector.host}`,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    ...changes,
  });

async function stop(service: ServiceProcess): Promise<void> {
  service.child.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
}

/** How long the process took to stop, by its own clock. */
function stoppedAfterMs(service: ServiceProcess): number {
  const lines = service.stdout().trimEnd().split('\n');
  const [stopping, stopped] = ['stopping', 'stopped'].map((message) =>
    lines.map((line) => JSON.parse(line)).find((line) => line.message === message),
  );
  return Date.parse(stopped.time) - Date.parse(stopping.time);
}

type Attributes = { key: string; value: Record<string, unknown> }[];
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Attributes;
}
interface Export {
  resourceSpans: { resource: { attributes: Attributes }; scopeSpans: { spans: Span[] }[] }[];
}
const [SERVER, CLIENT] = [2, 3];

const received = (): Export['resourceSpans'] =>
  collector.pushes.flatMap(({ body }) => (JSON.parse(body) as Export).resourceSpans);
const spans = (): Span[] =>
  received().flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
/** Spans with these names are exported: the end gives what is left a second, which a busy machine may not keep. */
const areExported = (...names: string[]) =>
  eventually(
    `spans ${names.join(', ')}`,
    () => names.every((wanted) => spans().some(({ name }) => name === wanted)),
    SOON_MS,
  );
const attributeOf = (attributes: Attributes, key: string): unknown =>
  Object.values(attributes.find((attribute) => attribute.key === key)?.value ?? {})[0];

describe('with OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('an order is one trace, which its client began: the request, its statements and the call to the factory', async () => {
    const service = startTraced();
    const diner = await aDemoDiner(await service.ready(), { traceparent: TRACEPARENT });
    const answer = await diner.order();
    expect(answer.status).toBe(200);
    expect(answer.headers['x-request-id']).toBe(TRACE);
    await areExported('POST /api/order');
    await stop(service);

    const ofOrder = spans().filter(({ traceId }) => traceId === TRACE);
    const root = ofOrder.find(({ name }) => name === 'POST /api/order');
    if (!root) throw new Error('the request has no span');
    expect(root).toMatchObject({ kind: SERVER, parentSpanId: '00f067aa0ba902b7' });
    expect(attributeOf(root.attributes, 'http.route')).toBe('/api/order');
    expect(attributeOf(root.attributes, 'http.response.status_code')).toBe(200);
    const children = ofOrder.filter(({ parentSpanId }) => parentSpanId === root.spanId);
    expect(children).toHaveLength(ofOrder.length - 1);
    const insert = children.find(({ attributes }) =>
      /^insert into `orders` .*\?/.test(String(attributeOf(attributes, 'db.query.text'))),
    );
    expect(insert).toMatchObject({ kind: CLIENT, name: 'INSERT' });
    const call = children.find(({ name }) => name === 'POST 127.0.0.1');
    expect(call?.kind).toBe(CLIENT);
    expect(attributeOf(call?.attributes ?? [], 'http.response.status_code')).toBe(200);
  });

  it('the collector gets no key, no report URL, no value of a statement and no path of a request', async () => {
    const service = startTraced();
    const origin = await service.ready();
    const diner = await aDemoDiner(origin);
    await factory.setFault('fail');
    await diner.order('respond-async, wait=0');
    await eventually(
      'the report URL was called',
      async () => (await factory.journal()).calls.some(({ kind }) => kind === 'report'),
      SOON_MS,
    );
    await request(origin).get('/api/order/1/report/planted-token-of-a-link?apiKey=planted-in-query');
    await areExported('GET 127.0.0.1', 'GET /api/order/:orderId/report/:token');
    await stop(service);

    const all = collector.pushes.map(({ body }) => body).join();
    const secrets = [API_KEY, 'planted-', 'fixCode', '/api/support', 'd@jwt.com', database.url, SECRET];
    for (const secret of secrets) expect(all).not.toContain(secret);
  });

  it.each([
    [{}, 'jwt-pizza'],
    [{ OTEL_SERVICE_NAME: 'pizza-in-provo' }, 'pizza-in-provo'],
  ])(
    'with %j the service is called %s, and the attributes of its environment are kept',
    async (changes, name) => {
      const service = startTraced({ ...changes, OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=oven' });
      await request(await service.ready())
        .get('/api/order/menu')
        .expect(200);
      await areExported('GET /api/order/menu');
      await stop(service);
      const [first] = received();
      expect(attributeOf(first?.resource.attributes ?? [], 'service.name')).toBe(name);
      expect(attributeOf(first?.resource.attributes ?? [], 'deployment.environment')).toBe('oven');
      expect(collector.pushes[0]?.path).toBe('/v1/traces');
    },
  );

  it('what machines ask every few seconds, and what nobody asked for, is not traced', async () => {
    const service = startTraced();
    const origin = await service.ready();
    await request(origin).get('/health/live').expect(200);
    await request(origin).get('/health/ready').expect(200);
    await request(origin).get('/api/order/menu').expect(200);
    await areExported('GET /api/order/menu');
    await stop(service);
    const roots = spans().filter(({ parentSpanId }) => !parentSpanId);
    expect(roots.map(({ name }) => name)).toEqual(['GET /api/order/menu']);
  });

  it.each([['that is away'], ['that never answers'], ['that refuses']])(
    'a collector %s costs one warning, and the process ends with 0 within a second or two',
    async (state) => {
      const gone = await startPushReceiver();
      await gone.close();
      collector.answer = state === 'that refuses' ? 400 : 'never';
      const host = state === 'that is away' ? gone.host : collector.host;
      const service = startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://pizza:hunter2@${host}` });
      const origin = await service.ready();
      await request(origin).get('/api/order/menu').expect(200);
      const told = () =>
        service
          .stdout()
          .split('\n')
          .filter((line) => line.includes('does not take our traces'));
      await eventually('it is told', () => told().length > 0, SOON_MS);
      await request(origin).get('/api/order/menu').expect(200);
      await stop(service);
      expect(stoppedAfterMs(service)).toBeLessThan(EXPORT_TIMEOUT_MS);
      expect(told()).toHaveLength(1);
      expect(service.stderr()).toBe('');
      expect(service.stdout()).not.toContain('hunter2');
    },
  );
});

describe('of OpenTelemetry', () => {
  const loadedBy = async (service: ServiceProcess): Promise<string[]> => {
    const origin = await service.ready();
    await request(origin).get('/api/order/menu').expect(200);
    await stop(service);
    const packages = service.stderr().matchAll(/^loaded .*\/@opentelemetry\/([^/]+)\//gm);
    return [...new Set([...packages].map(([, name]) => name ?? ''))];
  };

  it('nothing is loaded without the setting, but the interface that prom-client brings', async () => {
    expect(await loadedBy(start({ NODE_OPTIONS: TELL_MODULES }))).toEqual(['api']);
  });

  it('the exporter is loaded with the setting, so that the test before this one sees what it looks for', async () => {
    expect(await loadedBy(startTraced({ NODE_OPTIONS: TELL_MODULES }))).toContain('exporter-trace-otlp-http');
  });
});
