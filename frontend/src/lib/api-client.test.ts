import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EndpointDeclaration } from '#contract/endpoint.ts';
import { type EndpointKey, endpoints } from '#contract/endpoints.ts';
import { actFor, isLogInAwaited, settleLogIn } from './acting-user.ts';
import { type CallOptions, callApi } from './api-client.ts';

const declared = Object.values(endpoints as Record<string, EndpointDeclaration>);
const keyOf = ({ method, path }: EndpointDeclaration) => `${method} ${path}` as EndpointKey;
const isAboutLogIn = ({ path }: EndpointDeclaration) => path === '/api/auth';
const writes = declared.filter((one) => one.method !== 'GET' && !isAboutLogIn(one)).map(keyOf);
const reads = declared.filter(({ method }) => method === 'GET').map(keyOf);
const logIns = declared.filter(isAboutLogIn).map(keyOf);

const answers = {
  done: [200, {}],
  sessionOver: [401, { code: 'unauthorized', message: 'unauthorized' }],
} as const;
let sent: { user: string | null; body: unknown }[];

/** Lets the service answer so, one request after the other. */
function serviceAnswers(...names: (keyof typeof answers)[]): void {
  const left = [...names];
  globalThis.fetch = jest.fn<typeof fetch>(async (_address, init) => {
    sent.push({ user: new Headers(init?.headers).get('expect-user'), body: init?.body });
    const [status, body] = answers[left.shift() ?? 'done'];
    return new Response(JSON.stringify(body), { status });
  });
}

const call = (key: EndpointKey, more = {}) =>
  callApi(key, { params: {}, body: { name: 'typed' }, ...more } as unknown as CallOptions<EndpointKey>);
/** When a request that was answered has come as far as it can. */
const untilStill = () => new Promise((resolve) => setImmediate(resolve));

const { fetch: realFetch } = globalThis;
beforeEach(() => {
  sent = [];
  actFor(7);
  Object.assign(globalThis, { window: new EventTarget() });
  Object.defineProperty(navigator, 'onLine', { value: true, configurable: true });
});
afterEach(() => {
  globalThis.fetch = realFetch;
  actFor(undefined);
});

describe('S48: a page drawn for a user', () => {
  it.each(writes)('says so with %s', async (key) => {
    serviceAnswers('done');
    await call(key);
    expect(sent.map(({ user }) => user)).toEqual(['7']);
  });

  it('goes on saying so for what was begun, whoever it is drawn for by then', async () => {
    serviceAnswers('done');
    actFor(8);
    await call('POST /api/order', { actsFor: 7 });
    expect(sent.map(({ user }) => user)).toEqual(['7']);
  });

  it.each([...reads, ...logIns])('need not say so with %s', async (key) => {
    serviceAnswers('done');
    await call(key);
    expect(sent.map(({ user }) => user)).toEqual([null]);
  });

  it('is a guest’s when nobody is logged in', async () => {
    serviceAnswers('done');
    actFor(null);
    await call('POST /api/order/quote');
    expect(sent.map(({ user }) => user)).toEqual([null]);
  });
});

describe('a session that ended', () => {
  it.each([...writes, ...reads])('is asked for and %s goes on as it was, once', async (key) => {
    serviceAnswers('sessionOver', 'done');
    const answer = call(key);
    await untilStill();
    expect([isLogInAwaited(), sent.length]).toEqual([true, 1]);
    settleLogIn('same');
    await expect(answer).resolves.toEqual({});
    expect(sent).toEqual([sent[0], sent[0]]);
    expect(isLogInAwaited()).toBe(false);
  });

  it.each([
    ['left', 'unauthorized'],
    ['other', 'other_user'],
  ] as const)('that nobody takes up (%s) is a refusal, and nothing is sent again', async (outcome, code) => {
    serviceAnswers('sessionOver');
    const answer = call('PUT /api/user/:userId');
    await untilStill();
    settleLogIn(outcome);
    await expect(answer).rejects.toMatchObject({ problem: { code } });
    expect(sent).toHaveLength(1);
  });

  it.each(logIns)('is none of %s’s business', async (key) => {
    serviceAnswers('sessionOver');
    await expect(call(key)).rejects.toMatchObject({ problem: { code: 'unauthorized' } });
    expect(isLogInAwaited()).toBe(false);
  });

  it('is nothing to a guest, who had none', async () => {
    serviceAnswers('sessionOver');
    actFor(null);
    await expect(call('POST /api/order')).rejects.toMatchObject({ problem: { code: 'unauthorized' } });
    expect(isLogInAwaited()).toBe(false);
  });
});
