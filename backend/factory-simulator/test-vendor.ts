import request from 'supertest';
import type { ChaosOptions, ChaosType } from './chaos-options.ts';
import type { BakedPizza, Call } from './journal.ts';

export const API_KEY = 'key-of-the-vendor';

export interface OrderInput {
  id?: number | string;
  items?: number;
}

/** Answers a body as the factory wants it. */
export function orderBody({ id = 1, items = 1 }: OrderInput = {}) {
  return {
    diner: { id: 7, name: 'Kai Chen', email: 'd@jwt.com' },
    order: {
      id,
      franchiseId: 1,
      storeId: 2,
      items: Array.from({ length: items }, () => ({ menuId: 1, description: 'Veggie', price: 0.0038 })),
    },
  };
}

/** Answers a client of the simulator at this origin that knows its key and its control routes. */
export function createTestVendor(origin: string) {
  const api = request(origin);
  return {
    api,
    order: (input?: OrderInput) =>
      api.post('/api/order').auth(API_KEY, { type: 'bearer' }).send(orderBody(input)),
    probe: () => api.post('/api/order').auth(API_KEY, { type: 'bearer' }).send({}),
    verify: (jwt: unknown) => api.post('/api/order/verify').send({ jwt }),
    switchTo: (type: ChaosType, options: ChaosOptions = {}) =>
      api.put(`/api/vendor/chaos/${type}`).send(options).expect(200),
    reset: () => api.post('/api/simulator/reset').expect(200),
    /** Calls a report URL as our services do: rebuilt on the origin that they know. */
    report(reportUrl: string) {
      const { pathname, search } = new URL(reportUrl);
      return api.get(pathname + search);
    },
    async journal(since?: string): Promise<{ calls: Call[]; pizzas: BakedPizza[] }> {
      const query = since === undefined ? {} : { since };
      return (await api.get('/api/simulator/journal').query(query).expect(200)).body;
    },
    /** Sends an order and answers how to hang up on it. */
    orderByPhone(input?: OrderInput): { hangUp(): void; ended: Promise<'answered' | 'cut'> } {
      const line = new AbortController();
      const ended = fetch(`${origin}/api/order`, {
        method: 'POST',
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(orderBody(input)),
        signal: line.signal,
      }).then(
        () => 'answered' as const,
        () => 'cut' as const,
      );
      return { hangUp: () => line.abort(), ended };
    },
    /** Reads the journal until it says so; each look is a round trip, so nothing spins. */
    async journalSays(isSaid: (journal: { calls: Call[]; pizzas: BakedPizza[] }) => boolean): Promise<void> {
      while (!isSaid(await this.journal()));
    },
  };
}
