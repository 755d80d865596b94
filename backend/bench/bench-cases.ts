import type { Load } from './measure.ts';

/** Who asks: somebody with a session, or nobody in particular. */
export interface Asker {
  url: string;
  diner: { email: string; password: string; token: string };
  /** The reference server, and what it takes for a session. */
  reference: { url: string; token: string };
}

/** What a case is compared with; reference-server.ts says what each costs. */
export type Reference = 'in memory' | 'pooled read' | 'least order' | 'bcrypt alone';

export interface BenchCase {
  name: string;
  load: (asker: Asker) => Load;
  reference: Reference | undefined;
  /** The least part of the reference's rate. */
  goal: number | undefined;
  /** Round trips to the database are counted. */
  isCounted: boolean;
}

const JSON_BODY = { 'content-type': 'application/json' };
const READERS = 20;
// As many calls as go to the factory at once.
const ORDERERS = 16;
// Two hashes run at once and the others wait; more would be refused, which is another measurement.
const LOGGING_IN = 4;
const MANY_STORES = 20;

const reading = (path: string, isPersonal = false) => ({
  method: 'GET' as const,
  path,
  isPersonal,
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const orderIn = (storeId: number): string =>
  JSON.stringify({ franchiseId: storeId, storeId, items: [{ menuId: 1, price: 0.0038 }] });
const STORES = Array.from({ length: MANY_STORES }, (_, index) => index + 1);

const readCase = (
  name: string,
  { path, isPersonal }: ReturnType<typeof reading>,
  compared: { reference: Reference; goal: number },
): BenchCase => ({
  name,
  ...compared,
  isCounted: false,
  load: ({ url, diner }) => ({
    url: `${url}${path}`,
    method: 'GET',
    headers: isPersonal ? bearer(diner.token) : {},
    connections: READERS,
  }),
});

const orderCase = (name: string, stores: readonly number[]): BenchCase => ({
  name,
  reference: 'least order',
  goal: 0.75,
  isCounted: true,
  load: ({ url, diner }) => ({
    url: `${url}/api/order`,
    method: 'POST',
    headers: { ...JSON_BODY, ...bearer(diner.token) },
    bodies: stores.map(orderIn),
    connections: ORDERERS,
  }),
});

const MENU = reading('/api/order/menu');
const FRANCHISES = reading('/api/franchise?page=0&limit=10');
const ME = reading('/api/user/me', true);
const HISTORY = reading('/api/order?page=1', true);
// Of twenty requests one is an order.
const BROWSING = [...Array(10).fill(MENU), ...Array(5).fill(FRANCHISES), ME, ME, HISTORY, HISTORY];

/** What people do most, and what costs most. */
export const BENCH_CASES: readonly BenchCase[] = [
  readCase('menu', MENU, { reference: 'in memory', goal: 0.5 }),
  {
    ...readCase('unchanged menu', MENU, { reference: 'in memory', goal: 0.5 }),
    load: ({ url }) => ({
      url: `${url}${MENU.path}`,
      method: 'GET',
      headers: {},
      isConditional: true,
      connections: READERS,
    }),
  },
  readCase('franchises', FRANCHISES, { reference: 'in memory', goal: 0.4 }),
  readCase('who am I', ME, { reference: 'pooled read', goal: 0.7 }),
  readCase('order history', HISTORY, { reference: 'pooled read', goal: 0.5 }),
  orderCase('placing on one store', [1]),
  orderCase('placing on twenty stores', STORES),
  {
    name: 'browsing',
    reference: undefined,
    goal: undefined,
    isCounted: false,
    load: ({ url, diner }) => ({
      url,
      method: 'GET',
      headers: {},
      requests: [
        ...BROWSING.map(({ path, isPersonal }) => ({
          method: 'GET' as const,
          path,
          headers: isPersonal ? bearer(diner.token) : {},
        })),
        {
          method: 'POST',
          path: '/api/order',
          headers: { ...JSON_BODY, ...bearer(diner.token) },
          body: orderIn(1),
        },
      ],
      connections: READERS,
    }),
  },
  {
    name: 'log-in',
    reference: 'bcrypt alone',
    goal: 0.9,
    isCounted: false,
    load: ({ url, diner }) => ({
      url: `${url}/api/auth`,
      method: 'PUT',
      headers: JSON_BODY,
      bodies: [JSON.stringify({ email: diner.email, password: diner.password })],
      connections: LOGGING_IN,
    }),
  },
];

/** What the reference is sent while a case is compared with it. */
export function loadOf(
  reference: Exclude<Reference, 'bcrypt alone'>,
  { reference: { url, token } }: Asker,
  connections: number,
): Load {
  if (reference === 'least order') {
    const headers = { ...JSON_BODY, ...bearer(token) };
    return { url: `${url}/least-order`, method: 'POST', headers, bodies: STORES.map(orderIn), connections };
  }
  const path = reference === 'in memory' ? '/in-memory' : '/pooled-read';
  return { url: `${url}${path}`, method: 'GET', headers: {}, connections };
}
