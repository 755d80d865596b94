import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { eventually } from '../../../../test/support/eventually.ts';
import {
  attemptEnded,
  expectHistory,
  inTheOven,
  placeOrder,
  stateOf,
  sweepOnce,
  UNTIL_RESET,
} from '../../../../test/support/order-flow.ts';
import { endLease, readAttempts, readOrderRow, sweep } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';
import { renewLeases } from './lease.repository.ts';

const SOON_MS = 10_000;

let first: TestService;
let second: TestService;
beforeAll(async () => {
  first = await startTestService({ isWorkerRunning: false, random: () => 0 });
  second = await startTestService({ besides: first, isWorkerRunning: false, random: () => 0 });
});
afterEach(() => first.factory.reset());
afterAll(async () => {
  await second.stop();
  await first.stop();
});

/** An order that a plain client was told has failed, while the first node's call for it goes on; then tried again. */
async function triedAgainWhileItsCallIsOut(fault: 'throttle' | 'fail') {
  await first.factory.setFault(fault, UNTIL_RESET);
  const placed = await placeOrder(first);
  await inTheOven(first, placed.orderId);
  await first.fulfillment.transitions.giveUp(placed.orderId, 'not_made_in_time');
  await second.http.post(`/api/order/${placed.orderId}/retry`).set(placed.bearer).expect(200);
  return placed;
}

async function callsFor(orderId: number): Promise<number> {
  const { calls } = await first.factory.journal();
  return calls.filter((call) => call.orderId === orderId).length;
}

describe('an order that is tried again while the call that was given up is still out', () => {
  it('is asked for by no node, and the late pizza of that call makes it ready: one is baked', async () => {
    const { orderId } = await triedAgainWhileItsCallIsOut('throttle');
    await sweep(second, orderId);
    await sweep(first, orderId);
    expect(await callsFor(orderId)).toBe(1);
    expect(await stateOf(first, orderId)).toBe('waiting');
    await first.factory.reset();
    expect(await attemptEnded(first, orderId, 1)).toBe('ready');
    expect(await readAttempts(first, orderId)).toHaveLength(1);
    await expectHistory(first, orderId, ['making', 'failed', 'waiting', 'making', 'ready']);
    expect(await readOrderRow(first, orderId)).toMatchObject({ lease_node: null, lease_until: null });
  });

  it('is not the one that a half-open circuit lets through', async () => {
    const { orderId } = await triedAgainWhileItsCallIsOut('throttle');
    await sql`update factories set failures = 5, opened_at = now(3), opened_by = 'refused', trials = 0,
      next_trial_at = now(3) - interval 1 second`.execute(first.db);
    await second.fulfillment.prepare();
    await second.worker.runOnce();
    expect(await callsFor(orderId)).toBe(1);
    await first.factory.reset();
    expect(await attemptEnded(first, orderId, 1)).toBe('ready');
  });

  it('is asked for again once that call has failed', async () => {
    const { orderId } = await triedAgainWhileItsCallIsOut('fail');
    await first.factory.reset();
    expect(await attemptEnded(first, orderId, 1)).toBe('waiting');
    expect(await sweepOnce(second, orderId)).toBe('ready');
    await expectHistory(first, orderId, ['making', 'failed', 'waiting', 'making', 'ready']);
  });

  it('stays held for as long as the call lasts, because its node renews the lease', async () => {
    const { orderId } = await triedAgainWhileItsCallIsOut('throttle');
    await sql`update orders set lease_until = now(3) + interval 1 second where id = ${orderId}`.execute(
      first.db,
    );
    const before = (await readOrderRow(first, orderId)).lease_until?.getTime() ?? 0;
    const { attempts } = first.fulfillment;
    const { lease_node } = await readOrderRow(first, orderId);
    expect(attempts.heldOrderIds()).toContain(orderId);
    await renewLeases(first.db, { node: lease_node ?? '', orderIds: attempts.heldOrderIds() });
    const after = (await readOrderRow(first, orderId)).lease_until?.getTime() ?? 0;
    expect(after).toBeGreaterThan(before + 5_000);
  });

  it('is anybody’s when the node of that call has gone silent for a lease', async () => {
    const { orderId } = await triedAgainWhileItsCallIsOut('throttle');
    await first.factory.setFault('none');
    await endLease(first, orderId);
    await sweep(second, orderId);
    await eventually('the order is ready', async () => (await stateOf(first, orderId)) === 'ready', SOON_MS);
    expect((await readOrderRow(first, orderId)).crashed_claims).toBe(0);
  });
});

it('an order that was given up is let go when its call ends, whatever came of it', async () => {
  await first.factory.setFault('throttle', UNTIL_RESET);
  const { orderId } = await placeOrder(first);
  await inTheOven(first, orderId);
  await first.fulfillment.transitions.giveUp(orderId, 'not_made_in_time');
  expect((await readOrderRow(first, orderId)).lease_node).not.toBeNull();
  await first.factory.reset();
  expect(await attemptEnded(first, orderId, 1)).toBe('failed');
  expect(await readOrderRow(first, orderId)).toMatchObject({
    lease_node: null,
    lease_until: null,
    jwt: null,
  });
});

it('a node that stops lets go of an order whose call it cuts, though the order had failed and waits again', async () => {
  const third = await startTestService({ besides: first, isWorkerRunning: false });
  await first.factory.setFault('throttle', UNTIL_RESET);
  const { orderId, bearer } = await placeOrder(third);
  await inTheOven(first, orderId);
  await third.fulfillment.transitions.giveUp(orderId, 'not_made_in_time');
  await first.http.post(`/api/order/${orderId}/retry`).set(bearer).expect(200);
  await third.fulfillment.attempts.stop(0);
  expect(await readOrderRow(first, orderId)).toMatchObject({ state: 'waiting', lease_node: null });
  await first.factory.reset();
  await third.stop();
});
