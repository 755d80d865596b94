import { expect } from '@jest/globals';
import type { OrderState } from '#contract/order-lifecycle.ts';
import { anOrderRequest, aUser } from './builders.ts';
import { eventually } from './eventually.ts';
import { forgetFaults, historyIsPath, readAttempts, readHistory, readOrderRow, sweep } from './order-rows.ts';
import type { TestService } from './test-service.ts';

const SOON_MS = 10_000;

/** Options of a fault whose calls wait until `factory.reset()` lets them go, however long a test takes. */
export const UNTIL_RESET = { delayMs: 600_000 };

export const stateOf = async (service: TestService, orderId: number): Promise<OrderState> =>
  (await readOrderRow(service, orderId)).state;

/**
 * Places an order without waiting for it, as the storefront does. A quick attempt may be over before a slow machine has
 * answered: the answer is then its pizza or its failure, and names the order all the same.
 */
export async function placeOrder(service: TestService) {
  const { bearer } = await aUser(service);
  await forgetFaults(service);
  const answer = await service.http
    .post('/api/order')
    .set({ ...bearer, prefer: 'respond-async, wait=0' })
    .send(await anOrderRequest(service));
  expect(answer.body).toMatchObject({ order: { id: expect.any(Number) } });
  return { bearer, orderId: answer.body.order.id as number };
}

/** Waits until the factory was asked for the order: from then on the call has met the fault of now, and keeps it. */
export async function inTheOven({ factory }: Pick<TestService, 'factory'>, orderId: number): Promise<void> {
  await eventually(
    `the factory was asked for order ${orderId}`,
    async () => (await factory.journal()).calls.some((call) => call.orderId === orderId),
    SOON_MS,
  );
}

/**
 * Waits until this attempt of the order, made by this node, is over with all that follows of it; answers what became
 * of the order. An attempt is settled a moment before it is counted, let go, and put on record for its factory with the
 * report it may lead to. Its log line comes last.
 */
export async function attemptEnded(
  service: TestService,
  orderId: number,
  number: number,
): Promise<OrderState> {
  await eventually(
    `attempt ${number} of order ${orderId} is over`,
    () =>
      service
        .logLines()
        .some(
          (line) => line.message === 'factory attempt' && line.orderId === orderId && line.attempt === number,
        ),
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
