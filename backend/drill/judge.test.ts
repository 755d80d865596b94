import { expect, it } from '@jest/globals';
import { type Findings, type Interruptions, judgeOrders } from './judge.ts';
import type { DinerOrder, Logs, OrderRow } from './logs.ts';
import { madeUpLogs, pizzaOf, tellMore, timeOf } from './made-up-logs.ts';

const UNDISTURBED: Interruptions = { serviceKilledAt: [], linesCutAt: undefined };

/** The kinds of findings, and how many of each. */
function judge(logs: Logs, interruptions = UNDISTURBED): Partial<Record<keyof Findings, number>> {
  const findings = Object.entries(judgeOrders(logs, interruptions));
  return Object.fromEntries(
    findings.flatMap(([kind, found]) => (found.length > 0 ? [[kind, found.length]] : [])),
  );
}

function orderOf(logs: Logs, id: number): OrderRow {
  const order = logs.database.orders.find((row) => row.id === id);
  if (!order) throw new Error(`no order ${id}`);
  return order;
}

function dinerOrderOf(logs: Logs, index: number): DinerOrder {
  const dinerOrder = logs.dinerOrders[index];
  if (!dinerOrder) throw new Error(`no dinerOrder ${index}`);
  return dinerOrder;
}

function bakeAgain({ factory }: Logs, orderId: number, call: { at: number; status: number }): void {
  factory.calls.push({ factory: 0, kind: 'order', orderId, ...call });
  factory.pizzas.push({ factory: 0, at: call.at + 5, orderId, jwt: `another-${orderId}` });
}

it('logs in which everything went well have no finding', () => {
  expect(judge(madeUpLogs([1, 2, 3]))).toEqual({});
});

it('an acknowledged order that is not in the database is lost', () => {
  const logs = madeUpLogs([1, 2]);
  logs.database.orders = logs.database.orders.filter(({ id }) => id !== 2);
  expect(judge(logs)).toEqual({ lost: 1, nobodyOrdered: 1 });
});

it.each(['making', 'waiting'] as const)(
  'an acknowledged order that is still %s at the end is lost',
  (state) => {
    const logs = madeUpLogs([1]);
    Object.assign(orderOf(logs, 1), { state, jwt: null });
    logs.factory = { calls: [], pizzas: [] };
    dinerOrderOf(logs, 0).answers.pop();
    expect(judge(logs)).toEqual({ lost: 1 });
  },
);

it('a stored order that nobody was told of and that never ends is lost too', () => {
  const logs = madeUpLogs([1]);
  Object.assign(orderOf(logs, 1), { state: 'waiting', jwt: null });
  logs.factory = { calls: [], pizzas: [] };
  dinerOrderOf(logs, 0).answers.length = 0;
  expect(judge(logs)).toEqual({ lost: 1, unanswered: 1 });
});

it('a made order whose diner was never told is lost', () => {
  const logs = madeUpLogs([1]);
  dinerOrderOf(logs, 0).answers.pop();
  expect(judge(logs)).toEqual({ lost: 1 });
});

it('an order that its diner was told does not exist is lost, whatever came later', () => {
  const logs = madeUpLogs([1]);
  tellMore(dinerOrderOf(logs, 0), { by: 'looking', httpStatus: 404, code: 'not_found' });
  expect(judge(logs)).toEqual({ lost: 1 });
});

it('a key that leads to another order than was acknowledged is a lost order', () => {
  const logs = madeUpLogs([1, 2]);
  const [first] = logs.database.keys;
  if (first) first.orderId = 2;
  expect(judge(logs)).toMatchObject({ lost: 1 });
});

it('one order that two dinerOrders were told to be is lost for one of them', () => {
  const logs = madeUpLogs([1]);
  logs.dinerOrders.push({ ...dinerOrderOf(logs, 0), key: 'key-of-somebody-else' });
  expect(judge(logs)).toMatchObject({ lost: 1 });
});

it('an order that was called ready and is not is lost', () => {
  const logs = madeUpLogs([1]);
  Object.assign(orderOf(logs, 1), { state: 'cancelled', jwt: null });
  expect(judge(logs)).toMatchObject({ lost: 1 });
});

it('a dinerOrder that was never answered is found', () => {
  const logs = madeUpLogs([1]);
  logs.dinerOrders.push({ dinerId: 7, key: 'unheard', sentAt: 0, answers: [] });
  tellMore(dinerOrderOf(logs, 1), { httpStatus: 0 });
  tellMore(dinerOrderOf(logs, 1), { httpStatus: 503, code: 'unavailable' });
  expect(judge(logs)).toEqual({ unanswered: 1 });
});

it('a diner who was told failed is found, and so is one who would be told when looking', () => {
  const logs = madeUpLogs([1, 2]);
  for (const [index, id] of [1, 2].entries()) {
    Object.assign(orderOf(logs, id), { state: 'failed', jwt: null });
    dinerOrderOf(logs, index).answers.pop();
  }
  logs.factory = { calls: [], pizzas: [] };
  tellMore(dinerOrderOf(logs, 0), { by: 'looking', orderId: 1, state: 'failed' });
  expect(judge(logs)).toEqual({ lost: 1, toldFailed: 2 });
});

it.each([
  [500, 'internal'],
  [429, 'too_many_requests'],
  [409, 'price_changed'],
])('a placing that is answered %d %s counts as told failed', (httpStatus, code) => {
  const logs = madeUpLogs([1]);
  logs.dinerOrders.push({ dinerId: 7, key: 'refused', sentAt: 0, answers: [] });
  tellMore(dinerOrderOf(logs, 1), { httpStatus, code });
  expect(judge(logs)).toEqual({ toldFailed: 1 });
});

it('a diner who was told failed and got the pizza all the same was told an untruth', () => {
  const logs = madeUpLogs([1]);
  const dinerOrder = dinerOrderOf(logs, 0);
  dinerOrder.answers.length = 0;
  tellMore(dinerOrder, { httpStatus: 500, code: 'factory_failed', orderId: 1, state: 'failed' });
  expect(judge(logs)).toMatchObject({ lost: 1, toldFailed: 1 });
});

it('one dinerOrder with two orders is made twice', () => {
  const logs = madeUpLogs([1, 2]);
  logs.dinerOrders.pop();
  tellMore(dinerOrderOf(logs, 0), { orderId: 2, state: 'ready', jwt: pizzaOf(2) });
  expect(judge(logs)).toMatchObject({ madeTwice: 1 });
});

it('two different pizzas shown for one order are made twice, also when one of them is only in the database', () => {
  const shown = madeUpLogs([1]);
  tellMore(dinerOrderOf(shown, 0), { by: 'looking', orderId: 1, state: 'ready', jwt: 'another' });
  expect(judge(shown)).toMatchObject({ madeTwice: 1 });
  const kept = madeUpLogs([1]);
  orderOf(kept, 1).jwt = 'another';
  expect(judge(kept)).toMatchObject({ madeTwice: 1, foreignPizzas: 1 });
});

it('an order that was baked twice is made twice where nothing was interrupted', () => {
  const logs = madeUpLogs([1]);
  bakeAgain(logs, 1, { at: timeOf(1) + 50, status: 200 });
  expect(judge(logs)).toEqual({ madeTwice: 1 });
});

it('a second baking is excused by a kill only for an order whose lease ended', () => {
  const logs = madeUpLogs([1]);
  bakeAgain(logs, 1, { at: timeOf(1) + 16_000, status: 200 });
  const killed = { ...UNDISTURBED, serviceKilledAt: [timeOf(1) + 25] };
  expect(judge(logs, killed)).toEqual({ madeTwice: 1 });
  logs.database.transitions.push({
    orderId: 1,
    from: 'making',
    to: 'waiting',
    cause: 'lease_ended',
    at: timeOf(1) + 15_000,
  });
  expect(judge(logs, killed)).toEqual({ bakedAgain: 1 });
  expect(judge(logs)).toEqual({ madeTwice: 1 });
  bakeAgain(logs, 1, { at: timeOf(1) + 17_000, status: 200 });
  expect(judge(logs, killed)).toEqual({ madeTwice: 1 });
});

it('a second baking is excused when the factory itself had cut the line of the first', () => {
  const logs = madeUpLogs([1]);
  bakeAgain(logs, 1, { at: timeOf(1) - 50, status: 0 });
  expect(judge(logs, { ...UNDISTURBED, linesCutAt: timeOf(1) - 45 })).toEqual({ bakedAgain: 1 });
  expect(judge(logs, { ...UNDISTURBED, linesCutAt: timeOf(1) - 60 })).toEqual({ madeTwice: 1 });
});

it('an order that nobody placed is found, and one whose answer was lost is not', () => {
  const logs = madeUpLogs([1, 2]);
  const [unheard] = logs.dinerOrders.splice(1, 1);
  expect(judge(logs)).toEqual({ nobodyOrdered: 1 });
  logs.dinerOrders.push({ ...(unheard as DinerOrder), answers: [] });
  expect(judge(logs)).toEqual({ unanswered: 1 });
});

it('a pizza for an order that is not in the database was ordered by nobody', () => {
  const logs = madeUpLogs([1]);
  logs.factory.pizzas.push({ factory: 0, at: 1, orderId: 9, jwt: pizzaOf(9) });
  expect(judge(logs)).toEqual({ nobodyOrdered: 1 });
});

it.each([
  ['that its factory calls invalid', 'invalid' as const],
  ['of another order', 2],
])('a diner who was shown a pizza %s is found', (_what, verdict) => {
  const logs = madeUpLogs([1]);
  expect(judge({ ...logs, verdicts: new Map([[pizzaOf(1), verdict]]) })).toEqual({ badPizzas: 1 });
});

it('a pizza that nobody asked the factory about is no good pizza', () => {
  expect(judge({ ...madeUpLogs([1]), verdicts: new Map() })).toEqual({ badPizzas: 1 });
});

it('a stored pizza that no factory baked is foreign', () => {
  const logs = madeUpLogs([1]);
  logs.factory.pizzas = [];
  expect(judge(logs)).toEqual({ badPizzas: 1, foreignPizzas: 1 });
});

it('a pizza without a ready order is foreign, and so is a ready order without a pizza', () => {
  const logs = madeUpLogs([1, 2]);
  orderOf(logs, 1).state = 'failed';
  orderOf(logs, 2).jwt = null;
  expect(judge(logs)).toMatchObject({ foreignPizzas: 2 });
});

/** One more request, of a plain client, with the order it was stored as, if it was. */
function askPlainly(logs: Logs, stored: number | undefined): DinerOrder {
  const dinerOrder: DinerOrder = { dinerId: 7, key: undefined, note: 'a-request', sentAt: 0, answers: [] };
  logs.dinerOrders.push(dinerOrder);
  if (stored !== undefined) {
    const [row] = madeUpLogs([stored]).database.orders;
    logs.database.orders.push({ ...(row as OrderRow), note: 'a-request', state: 'failed', jwt: null });
  }
  return dinerOrder;
}

it('a plain client that was told nothing was stored is told wrong when it was', () => {
  const logs = madeUpLogs([1]);
  tellMore(askPlainly(logs, 2), { httpStatus: 503, code: 'unavailable' });
  expect(judge(logs)).toEqual({ toldWrong: 1, toldFailed: 1 });
});

it('a plain client that was told nothing was stored, and it was not, was told the truth', () => {
  const logs = madeUpLogs([1]);
  tellMore(askPlainly(logs, undefined), { httpStatus: 503, code: 'unavailable' });
  expect(judge(logs)).toEqual({});
});

it.each([2, undefined])(
  'a plain client that was told nobody knows was told the truth, whether order %p was stored',
  (stored) => {
    const logs = madeUpLogs([1]);
    tellMore(askPlainly(logs, stored), { httpStatus: 503, code: 'outcome_unknown' });
    expect(judge(logs).toldWrong).toBeUndefined();
  },
);

it('a plain client that was told of another order than its request was stored as is told wrong', () => {
  const logs = madeUpLogs([1]);
  tellMore(askPlainly(logs, 2), { httpStatus: 202, orderId: 1, state: 'making' });
  expect(judge(logs)).toMatchObject({ toldWrong: 1 });
});

it('one request of a plain client that was stored twice is told wrong, whatever it was told', () => {
  const logs = madeUpLogs([1]);
  tellMore(askPlainly(logs, 2), { httpStatus: 503, code: 'outcome_unknown' });
  const [row] = logs.database.orders.slice(-1);
  logs.database.orders.push({ ...(row as OrderRow), id: 3 });
  expect(judge(logs)).toMatchObject({ toldWrong: 1 });
});

it('figures that count an order that was not made are found', () => {
  const logs = madeUpLogs([1, 2]);
  logs.database = { ...logs.database, charged: 3 };
  expect(judge(logs)).toEqual({ chargedWrong: 1 });
});
