import type { Load } from './measure.ts';

/** Who asks: somebody with a session, or nobody in particular. */
export interface Asker {
  url: string;
  diner: { email: string; password: string; token: string };
}

export interface BenchCase {
  name: string;
  load: (asker: Asker) => Load;
}

const JSON_BODY = { 'content-type': 'application/json' };
const READERS = 20;
// As many calls as go to the factory at once.
const ORDERERS = 16;
// Two hashes run at once and twenty wait; more would be refused, which is another measurement.
const LOGGING_IN = 4;

const reading = (name: string, path: string, isPersonal = false): BenchCase => ({
  name,
  load: ({ url, diner }) => ({
    url: `${url}${path}`,
    method: 'GET',
    headers: isPersonal ? { authorization: `Bearer ${diner.token}` } : {},
    connections: READERS,
  }),
});

/** What people do most, and what costs most. */
export const BENCH_CASES: readonly BenchCase[] = [
  reading('menu', '/api/order/menu'),
  reading('franchises', '/api/franchise?page=0&limit=10'),
  reading('order history', '/api/order?page=1', true),
  {
    name: 'placing an order',
    load: ({ url, diner }) => ({
      url: `${url}/api/order`,
      method: 'POST',
      headers: { ...JSON_BODY, authorization: `Bearer ${diner.token}` },
      body: JSON.stringify({ franchiseId: 1, storeId: 1, items: [{ menuId: 1, price: 0.0038 }] }),
      connections: ORDERERS,
    }),
  },
  {
    name: 'log-in',
    load: ({ url, diner }) => ({
      url: `${url}/api/auth`,
      method: 'PUT',
      headers: JSON_BODY,
      body: JSON.stringify({ email: diner.email, password: diner.password }),
      connections: LOGGING_IN,
    }),
  },
];
