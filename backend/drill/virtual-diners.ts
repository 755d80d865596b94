import { randomUUID } from 'node:crypto';
import { findEnd, findPizza, isToBeRepeated, ordersTold, tell } from './diner-orders.ts';
import type { DinerOrder } from './logs.ts';
import { comesTrue, forEach, pause } from './pace.ts';
import type { Links, OrderRequest, ServiceClient } from './service-client.ts';

/** How the storefront behaves: it looks after its order a few times a second, and sends again what got no answer. */
const LOOK_AGAIN = { fromMs: 250, toMs: 500 };
const SEND_AGAIN = { fromMs: 200, toMs: 500 };
/** How long a diner thinks before the next order. */
const APPETITE = { fromMs: 500, toMs: 1_500 };
const REGISTRATIONS_AT_ONCE = 8;

interface Diner {
  dinerId: number;
  token: string;
}

/** Diners who order all the time, and the journal of everything they were told. */
export interface VirtualDiners {
  dinerOrders: readonly DinerOrder[];
  startOrdering(): void;
  /** No diner begins another order; who has one waits for its end, at most this long. */
  finishOrders(withinMs: number): Promise<void>;
  /** One order of one diner, from the first request to its end. */
  orderOnce(withinMs: number): Promise<DinerOrder>;
  /** Every diner orders once as a plain client, without a key, and waits for the truth. */
  orderPlainly(): Promise<{ dinerOrder: DinerOrder; links: Links }[]>;
  /** Whether a dinerOrder that began at or after this has got its pizza. */
  hasPizzaOfOrderSince(sinceMs: number): boolean;
  countPizzas(): number;
}

export async function gatherVirtualDiners(client: ServiceClient, count: number): Promise<VirtualDiners> {
  const diners: Diner[] = [];
  await forEach(
    Array.from({ length: count }, (_, index) => `diner-${index + 1}`),
    { atOnce: REGISTRATIONS_AT_ONCE, work: async (name) => void diners.push(await client.register(name)) },
  );
  const choices = await client.readChoices();
  const [onlyChoice] = choices;
  if (!onlyChoice) throw new Error('the service offers nothing to order');
  const dinerOrders: DinerOrder[] = [];
  const closing = new AbortController();
  const givingUp = new AbortController();
  let lives: Promise<unknown> = Promise.resolve();

  const choose = (): OrderRequest => choices[Math.floor(Math.random() * choices.length)] ?? onlyChoice;

  function dinerOrderFor({ dinerId }: Diner, key: string | undefined): DinerOrder {
    const dinerOrder: DinerOrder = { dinerId, key, sentAt: Date.now(), answers: [] };
    dinerOrders.push(dinerOrder);
    return dinerOrder;
  }

  /** Sends the same request under the same key until something is decided. */
  async function place(diner: Diner, dinerOrder: DinerOrder): Promise<void> {
    const order = choose();
    while (!givingUp.signal.aborted) {
      const { answer } = await client.placeOrder(diner.token, order, dinerOrder.key);
      tell(dinerOrder, answer);
      if (!isToBeRepeated(answer)) return;
      await pause(SEND_AGAIN, givingUp.signal);
    }
  }

  async function follow(diner: Diner, dinerOrder: DinerOrder): Promise<void> {
    const [orderId] = ordersTold(dinerOrder);
    if (orderId === undefined) return;
    while (!findEnd(dinerOrder) && !givingUp.signal.aborted) {
      await pause(LOOK_AGAIN, givingUp.signal);
      tell(dinerOrder, await client.lookAtOrder(diner.token, orderId));
    }
  }

  async function order(diner: Diner): Promise<DinerOrder> {
    const dinerOrder = dinerOrderFor(diner, randomUUID());
    await place(diner, dinerOrder);
    await follow(diner, dinerOrder);
    return dinerOrder;
  }

  async function live(diner: Diner): Promise<void> {
    while (!closing.signal.aborted) {
      await pause(APPETITE, closing.signal);
      if (!closing.signal.aborted) await order(diner);
    }
  }

  return {
    dinerOrders,
    startOrdering() {
      lives = Promise.all(diners.map(live));
    },
    async finishOrders(withinMs) {
      closing.abort();
      let isFinished = false;
      const finished = lives.then(() => {
        isFinished = true;
      });
      await comesTrue(() => isFinished, { withinMs });
      givingUp.abort();
      await finished;
    },
    async orderOnce(withinMs) {
      const [diner] = diners;
      if (!diner) throw new Error('there is no diner');
      const before = dinerOrders.length;
      const timer = setTimeout(() => givingUp.abort(), withinMs);
      await order(diner);
      clearTimeout(timer);
      return dinerOrders[before] as DinerOrder;
    },
    orderPlainly: () =>
      Promise.all(
        diners.map(async (diner) => {
          const dinerOrder = dinerOrderFor(diner, undefined);
          const { answer, links } = await client.placeOrder(diner.token, choose(), undefined);
          tell(dinerOrder, answer);
          return { dinerOrder, links };
        }),
      ),
    hasPizzaOfOrderSince: (sinceMs) =>
      dinerOrders.some((dinerOrder) => dinerOrder.sentAt >= sinceMs && findPizza(dinerOrder) !== undefined),
    countPizzas: () => dinerOrders.filter((dinerOrder) => findPizza(dinerOrder) !== undefined).length,
  };
}
