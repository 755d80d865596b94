import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { endpoints } from '#contract/endpoints.ts';
import type { TestService } from '../support/test-service.ts';
import { fuzz } from './fuzz.ts';
import { startFuzzService } from './fuzz-service.ts';

// A share of what `npm run fuzz` does, the same in every run, so that a red run is red for a change.
const CALLS = 700;
const SEED = 20_261_123;

let service: TestService;

beforeAll(async () => {
  service = await startFuzzService();
});

afterAll(() => service.stop());

it('S26: no call, however broken, is answered outside the contract, with a fault of ours, or with what is inside', async () => {
  const { calls, callsByEndpoint, statuses, findings } = await fuzz(service, { calls: CALLS, seed: SEED });
  process.stdout.write(`fuzz: ${calls} calls, ${findings.length} findings\n`);
  expect(findings).toEqual([]);
  expect(calls).toBeGreaterThanOrEqual(CALLS);
  expect(Object.keys(callsByEndpoint).sort()).toEqual(Object.keys(endpoints).sort());
  // Both sides were met: calls that were served, and calls that were refused for each reason.
  expect(Object.keys(statuses)).toEqual(
    expect.arrayContaining(['200', '400', '401', '403', '404', '413', '415']),
  );
}, 120_000);
