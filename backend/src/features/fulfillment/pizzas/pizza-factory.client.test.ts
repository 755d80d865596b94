import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type StandInFactory, startStandInFactory } from '../../../../test/support/stand-in-factory.ts';
import { createPizzaFactoryClient } from './pizza-factory.client.ts';

let factory: StandInFactory;
let client: ReturnType<typeof createPizzaFactoryClient>;
beforeEach(async () => {
  factory = await startStandInFactory({ status: 400 });
  client = createPizzaFactoryClient({ origin: factory.origin, apiKey: 'a-key', clock: () => new Date() });
});
afterEach(async () => {
  await client.close();
  await factory.close();
});

it('a call that had to connect says how long that took, one over an open connection says nothing', async () => {
  const first = await client.probe();
  expect(first.timing.connectMs).toBeGreaterThanOrEqual(0);
  // A connection is open again for the next call once the answer before it has been read and its turn has ended.
  let next = await client.probe();
  for (let call = 0; call < 20 && next.timing.connectMs !== undefined; call += 1) next = await client.probe();
  expect(next.timing.connectMs).toBeUndefined();
});

it('calls at the same time over connections of their own each say how long it took to connect', async () => {
  const replies = await Promise.all(Array.from({ length: 5 }, () => client.probe()));
  for (const { timing } of replies) expect(timing.connectMs).toBeGreaterThanOrEqual(0);
});

it('a call to where nobody listens connected to nothing', async () => {
  const nowhere = createPizzaFactoryClient({
    origin: 'http://127.0.0.1:9',
    apiKey: 'a-key',
    clock: () => new Date(),
  });
  const reply = await nowhere.probe();
  expect(reply).toMatchObject({ kind: 'unreachable', cause: 'ECONNREFUSED' });
  expect(reply.timing.connectMs).toBeUndefined();
  await nowhere.close();
});

it('a probe asks for nothing: its body is an empty object', async () => {
  await client.probe();
  expect(factory.calls).toEqual([
    { method: 'POST', path: '/api/order', authorization: 'Bearer a-key', body: '{}' },
  ]);
});
