import { expect, it } from '@jest/globals';
import { runModel } from './model-run.ts';

// A share of the 10,000 that `npm run model` plays, from the same seed in every run.
const HISTORIES = 200;
const SEED = 20_261_123;
/** A model that never met these has proved nothing about them. */
const MET = [
  'attempt: made',
  'attempt: refused',
  'bad_pizza',
  'cancelled_by_diner',
  'circuit_open',
  'database: answer of commit lost',
  'database: statement of any lost',
  'database: statement of commit lost',
  'key spent',
  'key_refused',
  'lease_ended',
  'not_made_in_time',
  'rejected',
  'try_again',
  'waited_too_long',
];

it('no history of orders, nodes and factories, however unlucky, breaks a law of the life of an order', async () => {
  const { histories, failures, met } = await runModel({ histories: HISTORIES, seed: SEED });
  process.stdout.write(`model: ${histories} histories, ${failures.length} failures\n`);
  expect(failures).toEqual([]);
  expect(histories).toBeGreaterThanOrEqual(HISTORIES);
  expect(Object.keys(met)).toEqual(expect.arrayContaining(MET));
}, 180_000);
