import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anOrderRequest } from '../../../test/support/builders.ts';
import { placeOrder, sweepOnce } from '../../../test/support/order-flow.ts';
import { readHistory, readOrderRow } from '../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { createFranchises } from '../franchises/franchises.service.ts';
import { FACTORY_SLOTS } from '../fulfillment/factories/dispatch.ts';
import { createMenu } from '../menu/menu.service.ts';
import { storeOrder } from './store-order.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, random: () => 0 });
});
afterAll(() => service.stop());

const reserve = (count: number) =>
  Array.from({ length: count }, () => service.fulfillment.attempts.reserveSlot());

it('an order that finds every slot reserved is born waiting, claimed by nobody, and made when one is free', async () => {
  const { attempts } = service.fulfillment;
  const taken = reserve(FACTORY_SLOTS);
  expect(taken.map(({ to }) => to)).toEqual(Array(FACTORY_SLOTS).fill('making'));
  const { orderId } = await placeOrder(service);
  expect(await readHistory(service, orderId)).toEqual([
    { from: null, to: 'waiting', cause: 'no_slot', fence: 1 },
  ]);
  expect(await readOrderRow(service, orderId)).toMatchObject({
    state: 'waiting',
    reason: 'no_slot',
    lease_node: null,
    lease_until: null,
    next_attempt_at: expect.any(Date),
  });
  for (const first of taken) attempts.releaseSlot(first);
  expect(await sweepOnce(service, orderId)).toBe('ready');
});

it('an order that cannot be stored gives its slot back', async () => {
  const { db, fulfillment } = service;
  const taken = reserve(FACTORY_SLOTS - 1);
  const deps = {
    db,
    ...{ attempts: fulfillment.attempts, transitions: fulfillment.transitions, node: 'test:1' },
    ...{ menu: createMenu(db), franchises: createFranchises({ db, clock: () => new Date() }) },
    ...{ limits: { perHour: 0, open: 0 }, lockDiner: service.users.lockUser, log: service.log },
  };
  const { items, ...where } = await anOrderRequest(service);
  const request = { ...where, items: items.map((item) => ({ ...item, quantity: 1 })) };
  const nobody = { id: 2 ** 31 - 1, name: 'nobody', email: '' };
  const key = { dinerId: nobody.id, key: 'a-key', bodyHash: 'x'.repeat(64), isFromClient: false };
  await expect(storeOrder(deps, { diner: nobody, request, key })).rejects.toThrow(/foreign key/i);
  const [last, none] = reserve(2);
  expect([last, none]).toMatchObject([{ to: 'making' }, { to: 'waiting', cause: 'no_slot' }]);
  for (const first of [...taken, ...(last ? [last] : [])]) fulfillment.attempts.releaseSlot(first);
});
