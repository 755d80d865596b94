import { anOrderRequest, aStoredOrder, aUser, type LoggedIn } from './builders.ts';
import { attemptEnded, placeOrder, sweepOnce } from './order-flow.ts';
import { forgetFaults } from './order-rows.ts';
import type { TestService } from './test-service.ts';

export interface FullShop {
  diner: LoggedIn;
  /** What the diner ordered. */
  request: Awaited<ReturnType<typeof anOrderRequest>>;
  /** An order in each state, and in the ways to get there that leave something special behind. */
  orders: {
    /** The diner's, with an idempotency key. */
    ready: number;
    /** Made by its second attempt. */
    readyLate: number;
    /** Of a diner who has left since. */
    readyOfNobody: number;
    /** Refused twice: born, in the line, being made, in the line. */
    waiting: number;
    triedAgain: number;
    failed: number;
    cancelled: number;
    making: number;
  };
}

/** A shop with orders in every state, most of them through the front door. For a service whose worker stands still. */
export async function fillShop(service: TestService): Promise<FullShop> {
  const { http, factory } = service;
  const admin = await aUser(service, [{ role: 'admin' }]);
  const diner = await aUser(service);
  const leaving = await aUser(service);
  const request = await anOrderRequest(service);
  const make = async (who: LoggedIn, key: string): Promise<number> => {
    const headers = { ...who.bearer, 'idempotency-key': key };
    const answer = await http.post('/api/order').set(headers).send(request).expect(200);
    return answer.body.order.id as number;
  };
  const ready = await make(diner, 'once');
  const readyOfNobody = await make(leaving, 'once');
  await http.delete(`/api/user/${leaving.id}`).set(admin.bearer).expect(200);

  await factory.setFault('error');
  const { orderId: readyLate } = await placeOrder(service);
  await attemptEnded(service, readyLate, 1);
  const { orderId: waiting } = await placeOrder(service);
  await attemptEnded(service, waiting, 1);
  await sweepOnce(service, waiting);
  await factory.setFault('none');
  await sweepOnce(service, readyLate);
  await forgetFaults(service);

  const stored = (state: 'failed' | 'waiting' | 'making') =>
    aStoredOrder(service, { dinerId: diner.id, state });
  const triedAgain = await stored('failed');
  await http.post(`/api/order/${triedAgain}/retry`).set(diner.bearer).expect(200);
  const cancelled = await stored('waiting');
  await http.post(`/api/order/${cancelled}/cancel`).set(diner.bearer).expect(200);
  const failed = await stored('failed');
  const making = await stored('making');
  const orders = { ready, readyLate, readyOfNobody, waiting, triedAgain, failed, cancelled, making };
  return { diner, request, orders };
}
