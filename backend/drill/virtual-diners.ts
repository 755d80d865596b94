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
  /** The service it speaks to, where there are several. */
  client: ServiceClient;
  isPlain: boolean;
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

export interface Gathering {
  count: number;
  /** Every second one is a client of old, without keys and preferences. */
  hasPlainClients: boolean;
}

/** Registers the diners, and divides them among the services. */
export async function gatherVirtualDiners(
  clients: readonly [ServiceClient, ...ServiceClient[]],
  { count, hasPlainClients }: Gathering,
): Promise<VirtualDiners> {
  const diners: Diner[] = [];
  const register = async (index: number): Promise<void> => {
    const client = clients[index % clients.length] ?? clients[0];
    const isPlain = hasPlainClients && Math.floor(index / clients.length) % 2 === 1;
    diners.push({ ...(await client.register(`diner-${index + 1}`)), client, isPlain });
  };
  await forEach(
    Array.from({ length: count }, (_, index) => index),
    { atOnce: REGISTRATIONS_AT_ONCE, work: register },
  );
  const choices = await clients[0].readChoices();
  const [onlyChoice] = choices;
  if (!onlyChoice) throw new Error('the service offers nothing to order');
  const dinerOrders: DinerOrder[] = [];
  const closing = new AbortController();
  const givingUp = new AbortController();
  let lives: Promise<unknown> = Promise.resolve();

  const choose = (): OrderRequest => choices[Math.floor(Math.random() * choices.length)] ?? onlyChoice;

  function dinerOrderFor({ dinerId }: Diner, request: Pick<DinerOrder, 'key' | 'note'>): DinerOrder {
    const dinerOrder: DinerOrder = { dinerId, ...request, sentAt: Date.now(), answers: [] };
    dinerOrders.push(dinerOrder);
    return dinerOrder;
  }

  /** Sends the same request under the same key until something is decided. */
  async function place(diner: Diner, dinerOrder: DinerOrder): Promise<void> {
    const order = choose();
    while (!givingUp.signal.aborted) {
      const { answer } = await diner.client.placeOrder(diner.token, order, dinerOrder.key);
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
      tell(dinerOrder, await diner.client.lookAtOrder(diner.token, orderId));
    }
  }

  async function order(diner: Diner): Promise<DinerOrder> {
    const dinerOrder = dinerOrderFor(diner, { key: randomUUID() });
    await place(diner, dinerOrder);
    await follow(diner, dinerOrder);
    return dinerOrder;
  }

  /** One request, which waits for the truth; a client of old sends it once. */
  async function orderAsPlain(diner: Diner): Promise<{ dinerOrder: DinerOrder; links: Links }> {
    const note = randomUUID();
    const dinerOrder = dinerOrderFor(diner, { key: undefined, note });
    const { answer, links } = await diner.client.placeOrder(diner.token, { ...choose(), note }, undefined);
    tell(dinerOrder, answer);
    return { dinerOrder, links };
  }

  async function orderAs(diner: Diner): Promise<void> {
    if (!diner.isPlain) {
      await order(diner);
      return;
    }
    const { dinerOrder } = await orderAsPlain(diner);
    await follow(diner, dinerOrder);
  }

  async function live(diner: Diner): Promise<void> {
    while (!closing.signal.aborted) {
      await pause(APPETITE, closing.signal);
      if (!closing.signal.aborted) await orderAs(diner);
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
    orderPlainly: () => Promise.all(diners.map(orderAsPlain)),
    hasPizzaOfOrderSince: (sinceMs) =>
      dinerOrders.some((dinerOrder) => dinerOrder.sentAt >= sinceMs && findPizza(dinerOrder) !== undefined),
    countPizzas: () => dinerOrders.filter((dinerOrder) => findPizza(dinerOrder) !== undefined).length,
  };
}
