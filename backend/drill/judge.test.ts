import { expect, it } from '@jest/globals';
import type { Journals, OrderRow, Wish } from './journals.ts';
import { type Findings, type Interruptions, judgeOrders } from './judge.ts';
import { madeUpJournals, pizzaOf, tellMore, timeOf } from './made-up-journals.ts';

const UNDISTURBED: Interruptions = { serviceKilledAt: [], linesCutAt: undefined };

/** The kinds of findings, and how many of each. */
function judge(journals: Journals, interruptions = UNDISTURBED): Partial<Record<keyof Findings, number>> {
  const findings = Object.entries(judgeOrders(journals, interruptions));
  return Object.fromEntries(
    findings.flatMap(([kind, found]) => (found.length > 0 ? [[kind, found.length]] : [])),
  );
}

function orderOf(journals: Journals, id: number): OrderRow {
  const order = journals.database.orders.find((row) => row.id === id);
  if (!order) throw new Error(`no order ${id}`);
  return order;
}

function wishOf(journals: Journals, index: number): Wish {
  const wish = journals.wishes[index];
  if (!wish) throw new Error(`no wish ${index}`);
  return wish;
}

function bakeAgain({ factory }: Journals, orderId: number, call: { at: number; status: number }): void {
  factory.calls.push({ factory: 0, kind: 'order', orderId, ...call });
  factory.pizzas.push({ factory: 0, at: call.at + 5, orderId, jwt: `another-${orderId}` });
}

it('journals in which everything went well have no finding', () => {
  expect(judge(madeUpJournals([1, 2, 3]))).toEqual({});
});

it('an acknowledged order that is not in the database is lost', () => {
  const journals = madeUpJournals([1, 2]);
  journals.database.orders = journals.database.orders.filter(({ id }) => id !== 2);
  expect(judge(journals)).toEqual({ lost: 1, nobodyOrdered: 1 });
});

it.each(['making', 'waiting'] as const)(
  'an acknowledged order that is still %s at the end is lost',
  (state) => {
    const journals = madeUpJournals([1]);
    Object.assign(orderOf(journals, 1), { state, jwt: null });
    journals.factory = { calls: [], pizzas: [] };
    wishOf(journals, 0).tellings.pop();
    expect(judge(journals)).toEqual({ lost: 1 });
  },
);

it('a stored order that nobody was told of and that never ends is lost too', () => {
  const journals = madeUpJournals([1]);
  Object.assign(orderOf(journals, 1), { state: 'waiting', jwt: null });
  journals.factory = { calls: [], pizzas: [] };
  wishOf(journals, 0).tellings.length = 0;
  expect(judge(journals)).toEqual({ lost: 1, unanswered: 1 });
});

it('a made order whose diner was never told is lost', () => {
  const journals = madeUpJournals([1]);
  wishOf(journals, 0).tellings.pop();
  expect(judge(journals)).toEqual({ lost: 1 });
});

it('an order that its diner was told does not exist is lost, whatever came later', () => {
  const journals = madeUpJournals([1]);
  tellMore(wishOf(journals, 0), { by: 'looking', httpStatus: 404, code: 'not_found' });
  expect(judge(journals)).toEqual({ lost: 1 });
});

it('a key that leads to another order than was acknowledged is a lost order', () => {
  const journals = madeUpJournals([1, 2]);
  const [first] = journals.database.keys;
  if (first) first.orderId = 2;
  expect(judge(journals)).toMatchObject({ lost: 1 });
});

it('one order that two wishes were told to be is lost for one of them', () => {
  const journals = madeUpJournals([1]);
  journals.wishes.push({ ...wishOf(journals, 0), key: 'key-of-somebody-else' });
  expect(judge(journals)).toMatchObject({ lost: 1 });
});

it('an order that was called ready and is not is lost', () => {
  const journals = madeUpJournals([1]);
  Object.assign(orderOf(journals, 1), { state: 'cancelled', jwt: null });
  expect(judge(journals)).toMatchObject({ lost: 1 });
});

it('a wish that was never answered is found', () => {
  const journals = madeUpJournals([1]);
  journals.wishes.push({ dinerId: 7, key: 'unheard', sentAt: 0, tellings: [] });
  tellMore(wishOf(journals, 1), { httpStatus: 0 });
  tellMore(wishOf(journals, 1), { httpStatus: 503, code: 'unavailable' });
  expect(judge(journals)).toEqual({ unanswered: 1 });
});

it('a diner who was told failed is found, and so is one who would be told when looking', () => {
  const journals = madeUpJournals([1, 2]);
  for (const [index, id] of [1, 2].entries()) {
    Object.assign(orderOf(journals, id), { state: 'failed', jwt: null });
    wishOf(journals, index).tellings.pop();
  }
  journals.factory = { calls: [], pizzas: [] };
  tellMore(wishOf(journals, 0), { by: 'looking', orderId: 1, state: 'failed' });
  expect(judge(journals)).toEqual({ lost: 1, toldFailed: 2 });
});

it.each([
  [500, 'internal'],
  [429, 'too_many_requests'],
  [409, 'price_changed'],
])('a placing that is answered %d %s counts as told failed', (httpStatus, code) => {
  const journals = madeUpJournals([1]);
  journals.wishes.push({ dinerId: 7, key: 'refused', sentAt: 0, tellings: [] });
  tellMore(wishOf(journals, 1), { httpStatus, code });
  expect(judge(journals)).toEqual({ toldFailed: 1 });
});

it('a diner who was told failed and got the pizza all the same was told an untruth', () => {
  const journals = madeUpJournals([1]);
  const wish = wishOf(journals, 0);
  wish.tellings.length = 0;
  tellMore(wish, { httpStatus: 500, code: 'factory_failed', orderId: 1, state: 'failed' });
  expect(judge(journals)).toMatchObject({ lost: 1, toldFailed: 1 });
});

it('one wish with two orders is made twice', () => {
  const journals = madeUpJournals([1, 2]);
  journals.wishes.pop();
  tellMore(wishOf(journals, 0), { orderId: 2, state: 'ready', jwt: pizzaOf(2) });
  expect(judge(journals)).toMatchObject({ madeTwice: 1 });
});

it('two different pizzas shown for one order are made twice, also when one of them is only in the database', () => {
  const shown = madeUpJournals([1]);
  tellMore(wishOf(shown, 0), { by: 'looking', orderId: 1, state: 'ready', jwt: 'another' });
  expect(judge(shown)).toMatchObject({ madeTwice: 1 });
  const kept = madeUpJournals([1]);
  orderOf(kept, 1).jwt = 'another';
  expect(judge(kept)).toMatchObject({ madeTwice: 1, foreignPizzas: 1 });
});

it('an order that was baked twice is made twice where nothing was interrupted', () => {
  const journals = madeUpJournals([1]);
  bakeAgain(journals, 1, { at: timeOf(1) + 50, status: 200 });
  expect(judge(journals)).toEqual({ madeTwice: 1 });
});

it('a second baking is excused by a kill only for an order whose lease ended', () => {
  const journals = madeUpJournals([1]);
  bakeAgain(journals, 1, { at: timeOf(1) + 16_000, status: 200 });
  const killed = { ...UNDISTURBED, serviceKilledAt: [timeOf(1) + 25] };
  expect(judge(journals, killed)).toEqual({ madeTwice: 1 });
  journals.database.transitions.push({
    orderId: 1,
    from: 'making',
    to: 'waiting',
    cause: 'lease_ended',
    at: timeOf(1) + 15_000,
  });
  expect(judge(journals, killed)).toEqual({ bakedAgain: 1 });
  expect(judge(journals)).toEqual({ madeTwice: 1 });
  bakeAgain(journals, 1, { at: timeOf(1) + 17_000, status: 200 });
  expect(judge(journals, killed)).toEqual({ madeTwice: 1 });
});

it('a second baking is excused when the factory itself had cut the line of the first', () => {
  const journals = madeUpJournals([1]);
  bakeAgain(journals, 1, { at: timeOf(1) - 50, status: 0 });
  expect(judge(journals, { ...UNDISTURBED, linesCutAt: timeOf(1) - 45 })).toEqual({ bakedAgain: 1 });
  expect(judge(journals, { ...UNDISTURBED, linesCutAt: timeOf(1) - 60 })).toEqual({ madeTwice: 1 });
});

it('an order that nobody wished for is found, and one whose answer was lost is not', () => {
  const journals = madeUpJournals([1, 2]);
  const [unheard] = journals.wishes.splice(1, 1);
  expect(judge(journals)).toEqual({ nobodyOrdered: 1 });
  journals.wishes.push({ ...(unheard as Wish), tellings: [] });
  expect(judge(journals)).toEqual({ unanswered: 1 });
});

it('a pizza for an order that is not in the database was ordered by nobody', () => {
  const journals = madeUpJournals([1]);
  journals.factory.pizzas.push({ factory: 0, at: 1, orderId: 9, jwt: pizzaOf(9) });
  expect(judge(journals)).toEqual({ nobodyOrdered: 1 });
});

it.each([
  ['that its factory calls invalid', 'invalid' as const],
  ['of another order', 2],
])('a diner who was shown a pizza %s is found', (_what, verdict) => {
  const journals = madeUpJournals([1]);
  expect(judge({ ...journals, verdicts: new Map([[pizzaOf(1), verdict]]) })).toEqual({ badPizzas: 1 });
});

it('a pizza that nobody asked the factory about is no good pizza', () => {
  expect(judge({ ...madeUpJournals([1]), verdicts: new Map() })).toEqual({ badPizzas: 1 });
});

it('a stored pizza that no factory baked is foreign', () => {
  const journals = madeUpJournals([1]);
  journals.factory.pizzas = [];
  expect(judge(journals)).toEqual({ badPizzas: 1, foreignPizzas: 1 });
});

it('a pizza without a ready order is foreign, and so is a ready order without a pizza', () => {
  const journals = madeUpJournals([1, 2]);
  orderOf(journals, 1).state = 'failed';
  orderOf(journals, 2).jwt = null;
  expect(judge(journals)).toMatchObject({ foreignPizzas: 2 });
});
