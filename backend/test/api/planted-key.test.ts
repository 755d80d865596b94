import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { EndpointDeclaration } from '#contract/endpoint.ts';
import { endpoints } from '#contract/endpoints.ts';
import { readConfig } from '../../src/config.ts';
import { anOrderRequest, aUser, type LoggedIn } from '../support/builders.ts';
import { forgetFaults } from '../support/order-rows.ts';
import { dumpTables } from '../support/table-dump.ts';
import { startTestFactory } from '../support/test-factory.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { createCaller } from './fuzz-call.ts';
import { hostileAnswers, startHostileFactory } from './hostile-factory.ts';
import { formsOf, tracesOf } from './key-forms.ts';

// Signs that percent-encoding, JSON and the two base64 alphabets treat differently, and short enough for a code.
const KEY = 'Planted/Key?9f3c+7d=z~';

// Dozens of orders, on a machine that may be busy.
const LONGEST_MS = 120_000;

/** Every fault of the simulator, each as short as it can be. */
const FAULTS: [type: string, options?: Record<string, unknown>][] = [
  ['fail', { reportUrlShape: 'path' }],
  ['fail', { reportUrlShape: 'query' }],
  ['fail', { reportWorks: false }],
  ['badjwt', { reportUrlShape: 'query' }],
  ['throttle', { delayMs: 20 }],
  ['error'],
  ['busy'],
  ['unreachable'],
  ['malformed'],
  ['slow', { delayMs: 20 }],
  ['flaky', { rate: 0.7 }],
  ['none'],
];
const HOSTILE = Object.entries(hostileAnswers(KEY));
/** Those that make the service log most: a security event, a report, a fault of the wire. */
const LOUDEST = [
  'a report URL of a foreign host',
  'a report URL that is right',
  'no HTTP but the key',
] as const;

let service: TestService;
let closeFactory: () => Promise<void>;
let caller: ReturnType<typeof createCaller>;
let heard: string[];

async function start(
  factory: { origin: string; close: () => Promise<void> },
  options: { logLevel: string; recovery: string },
): Promise<{ admin: LoggedIn; diner: LoggedIn }> {
  closeFactory = factory.close;
  heard = [];
  service = await startTestService({
    logLevel: options.logLevel,
    random: () => 0,
    settings: {
      FACTORY_URL: factory.origin,
      FACTORY_API_KEY: KEY,
      FACTORY_RECOVERY: options.recovery,
      ORDER_SYNC_BUDGET_SECONDS: '0.3',
    },
  });
  caller = createCaller(service.origin);
  return { admin: await aUser(service, [{ role: 'admin' }]), diner: await aUser(service) };
}

/** Makes a call; whatever is answered was heard. */
async function ask(
  method: string,
  target: string,
  options: { as?: LoggedIn; accept?: string; body?: unknown } = {},
): Promise<string> {
  const { as, accept = 'application/json', body } = options;
  const answer = await caller.send({
    method,
    target,
    headers: {
      accept,
      ...as?.bearer,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = `${method} ${target} ${answer.status} ${JSON.stringify(answer.headers)} ${answer.body}`;
  heard.push(text);
  return answer.body;
}

/** A plain client orders; when it is refused it follows the link it got, in every way there is. */
async function orderAndFollow(diner: LoggedIn): Promise<void> {
  await forgetFaults(service);
  const request = await anOrderRequest(service);
  const answer = await ask('POST', '/api/order', { as: diner, body: request });
  const { followLinkToEndChaos: link } = JSON.parse(answer) as { followLinkToEndChaos?: string };
  if (link === undefined || !URL.canParse(link)) return;
  const { pathname } = new URL(link);
  await ask('GET', pathname);
  await ask('GET', pathname, { accept: 'text/html' });
  await ask('POST', pathname);
  await ask('POST', pathname, { accept: 'text/html' });
}

const TABLES: Record<string, 'orders' | 'incidents' | 'users' | undefined> = {
  orderId: 'orders',
  incidentId: 'incidents',
  userId: 'users',
};

/** The values a path can be asked with: everything that is there, and what is not. */
async function valuesOf(parameter: string): Promise<(string | number)[]> {
  const table = TABLES[parameter];
  if (!table) return [1];
  const rows = await service.db.selectFrom(table).select('id').execute();
  return [...rows.map(({ id }) => id), 999_999];
}

/** Asks every address that can be read, as an admin, for everything there is. */
async function readEverything(admin: LoggedIn): Promise<void> {
  for (const { method, path } of Object.values(endpoints as Record<string, EndpointDeclaration>)) {
    if (method !== 'GET') continue;
    const [parameter] = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const values = parameter === undefined ? [''] : await valuesOf(parameter);
    for (const value of values) {
      const target = path.replace(/:\w+/, String(value)).replace(/:\w+/g, 'x');
      const accept = path.endsWith('/events') ? 'text/event-stream' : 'application/json';
      await ask('GET', target, { as: admin, accept });
    }
  }
}

/** What operators start by hand: what it answers or throws was heard, too. */
async function operateByHand(): Promise<void> {
  const { probe, hold, reportIncident } = service.fulfillment;
  const incidents = await service.db.selectFrom('incidents').select('id').execute();
  const works = [
    () => probe.probeAll(),
    ...incidents.map(
      ({ id }) =>
        () =>
          reportIncident(id),
    ),
    () => hold.hold(),
    () => hold.resume(),
  ];
  for (const work of works) {
    const outcome = await work().catch((error: unknown) => error);
    heard.push(inspect(outcome, { depth: 10 }));
  }
}

/** Forms of the key wherever anything is written down or told; each place by its name. */
async function findKey(): Promise<Record<string, string[]>> {
  const texts = {
    logs: JSON.stringify(service.logLines()),
    database: await dumpTables(service),
    answers: heard.join('\n'),
  };
  const traces = Object.entries(texts).map(([place, text]) => [place, tracesOf(KEY, text)]);
  return Object.fromEntries(traces);
}

const NOWHERE = { logs: [], database: [], answers: [] };

it.each(formsOf(KEY))('this test would see the key %s, whatever stands around it', (name, form) => {
  for (const before of ['', 'a', 'ab', 'abc']) expect(tracesOf(KEY, `${before}${form}z`)).toContain(name);
});

it('S35: settings that are faulty name no key', () => {
  const faulty = [`[{"origin":"nowhere","apiKey":"${KEY}"}]`, `[{"apiKey":"${KEY}"`, `["${KEY}"]`];
  for (const FACTORIES of faulty) {
    let thrown: unknown;
    try {
      readConfig({ FACTORIES, FACTORY_API_KEY: KEY }, '0.0.0-test');
    } catch (error) {
      thrown = error;
    }
    expect(tracesOf(KEY, inspect(thrown))).toEqual([]);
    expect(thrown).toBeInstanceOf(Error);
  }
});

describe('S35: our key is written down nowhere and told to nobody', () => {
  afterEach(async () => {
    caller.close();
    await service.stop();
    await closeFactory();
  });

  it('but if it were, in a log line, a row or an answer, this test would see it', async () => {
    const { admin } = await start(await startTestFactory(KEY), { logLevel: 'trace', recovery: 'off' });
    expect(await findKey()).toEqual(NOWHERE);
    const item = { title: KEY, description: 'planted', image: '/pictures/x.webp', price: 0.0001 };
    await ask('PUT', '/api/order/menu', { as: admin, body: item });
    service.log.trace({ err: new Error(`GET /api/report?apiKey=${encodeURIComponent(KEY)}`) }, 'planted');
    const found = await findKey();
    expect(found.logs).toContain('percent-encoded');
    expect(found.database).toContain('as it is');
    expect(found.answers).toContain('as it is');
  });

  it.each(['act', 'suggest', 'off'])(
    'whatever fault the factory has, with recovery %s',
    async (recovery) => {
      const factory = await startTestFactory(KEY);
      const { admin, diner } = await start(factory, { logLevel: 'trace', recovery });
      for (const [type, options] of FAULTS) {
        await factory.setFault(type, options);
        await orderAndFollow(diner);
      }
      await readEverything(admin);
      await operateByHand();
      expect(await findKey()).toEqual(NOWHERE);
    },
    LONGEST_MS,
  );

  it.each(['act', 'suggest', 'off'])(
    'whatever a hostile factory answers, with recovery %s',
    async (recovery) => {
      const factory = await startHostileFactory();
      const { admin, diner } = await start(factory, { logLevel: 'trace', recovery });
      for (const [name, answer] of HOSTILE) {
        factory.answerWith(answer);
        await orderAndFollow(diner);
        expect({ name, ...(await findKey()) }).toEqual({ name, ...NOWHERE });
      }
      await readEverything(admin);
      await operateByHand();
      expect(await findKey()).toEqual(NOWHERE);
    },
    LONGEST_MS,
  );

  it.each(['debug', 'info', 'warn', 'error', 'fatal'])(
    'at the log level %s',
    async (logLevel) => {
      const factory = await startHostileFactory();
      const { diner } = await start(factory, { logLevel, recovery: 'act' });
      for (const name of LOUDEST) {
        factory.answerWith(hostileAnswers(KEY)[name]);
        await orderAndFollow(diner);
      }
      await operateByHand();
      expect(await findKey()).toEqual(NOWHERE);
    },
    LONGEST_MS,
  );
});
