import { expect } from '@jest/globals';
import type { OrderState } from '#contract/orders.ts';
import { anOrderRequest, aUser } from './builders.ts';
import { eventually } from './eventually.ts';
import { forgetFaults, historyIsPath, readAttempts, readHistory, readOrderRow, sweep } from './order-rows.ts';
import type { TestService } from './test-service.ts';

const SOON_MS = 10_000;

export const stateOf = async (service: TestService, orderId: number): Promise<OrderState> =>
  (await readOrderRow(service, orderId)).state;

/** Places an order without waiting for it, as the storefront does. */
export async function placeOrder(service: TestService) {
  const { bearer } = await aUser(service);
  await forgetFaults(service);
  const answer = await service.http
    .post('/api/order')
    .set({ ...bearer, prefer: 'respond-async, wait=0' })
    .send(await anOrderRequest(service))
    .expect(202);
  return { bearer, orderId: answer.body.order.id as number };
}

/** Waits until this many attempts were made for the order; answers what became of it. */
export async function attemptEnded(
  service: TestService,
  orderId: number,
  number: number,
): Promise<OrderState> {
  await eventually(
    `attempt ${number} of order ${orderId} is settled`,
    async () => (await readAttempts(service, orderId)).length >= number,
    SOON_MS,
  );
  return stateOf(service, orderId);
}

/** One sweep with the order due, to the end of the attempt it makes. */
export async function sweepOnce(service: TestService, orderId: number): Promise<OrderState> {
  const before = (await readAttempts(service, orderId)).length;
  await sweep(service, orderId);
  return attemptEnded(service, orderId, before + 1);
}

/** The order went through these states and no other, by edges of the graph, and is in the last one. */
export async function expectHistory(
  service: TestService,
  orderId: number,
  states: OrderState[],
): Promise<void> {
  const history = await readHistory(service, orderId);
  expect(history.map(({ to }) => to)).toEqual(states);
  expect({ history, isPath: historyIsPath(history) }).toEqual({ history, isPath: true });
  expect(await stateOf(service, orderId)).toBe(states.at(-1));
}
