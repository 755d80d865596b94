import { expect, it } from '@jest/globals';
import { rankAmong, readOutages } from '../outages/outages.ts';
import {
  findLineEmptyAt,
  findReclaims,
  measureLongestWait,
  measureRestored,
  readIncidents,
  worstOf,
} from './judge-times.ts';
import type { Incident, TransitionRow } from './logs.ts';
import { madeUpLogs, timeOf } from './made-up-logs.ts';

const SHOWN_AFTER_MS = 80;

it('restored is when a client holds the first pizza of a call that began after the cure', () => {
  const logs = madeUpLogs([1, 2, 3]);
  const proof = { callsFrom: timeOf(2) + 5, countedFrom: timeOf(1) };
  expect(measureRestored(logs, proof)).toBe(timeOf(2) + SHOWN_AFTER_MS - timeOf(1));
});

it('a pizza that is shown after the cure but was asked for before it proves nothing', () => {
  const logs = madeUpLogs([1]);
  const proof = { callsFrom: timeOf(1) + 15, countedFrom: timeOf(1) };
  expect(measureRestored(logs, proof)).toBeUndefined();
});

it('a pizza of the first factory does not prove the second one', () => {
  const logs = madeUpLogs([1, 2]);
  for (const entry of [...logs.factory.calls, ...logs.factory.pizzas]) {
    if (entry.orderId === 2) entry.factory = 1;
  }
  const proof = { callsFrom: 0, countedFrom: timeOf(1), factory: 1 };
  expect(measureRestored(logs, proof)).toBe(timeOf(2) + SHOWN_AFTER_MS - timeOf(1));
});

it('of several times the worst counts, and one that never came is worse than any', () => {
  expect(worstOf([3, 5, 4])).toBe(5);
  expect(worstOf([3, undefined])).toBeUndefined();
  expect(worstOf([])).toBeUndefined();
});

it('a diner who still waits at the end has waited until the end', () => {
  const { dinerOrders } = madeUpLogs([1, 2]);
  expect(measureLongestWait(dinerOrders, timeOf(9))).toBe(SHOWN_AFTER_MS);
  dinerOrders[0]?.answers.pop();
  expect(measureLongestWait(dinerOrders, timeOf(9))).toBe(timeOf(9) - timeOf(1));
});

it('the line is empty when the last order that had been placed by then is settled', () => {
  const { database } = madeUpLogs([1, 2, 3]);
  expect(findLineEmptyAt(database, timeOf(2))).toBe(timeOf(2) + 30);
  const [first] = database.orders;
  if (first) first.state = 'waiting';
  expect(findLineEmptyAt(database, timeOf(2))).toBeUndefined();
});

it('an order that was being made is re-claimed from the first kill after its claim', () => {
  const step = (at: number, to: TransitionRow['to'], cause: string): TransitionRow => ({
    orderId: 1,
    from: null,
    to,
    cause,
    at,
  });
  const history = [step(1_000, 'making', 'placed'), step(17_400, 'waiting', 'lease_ended')];
  const kills = { serviceKilledAt: [500, 2_000, 9_000], serviceAway: [{ from: 2_000, to: 3_000 }] };
  expect(findReclaims(history, kills)).toEqual({
    reclaims: [{ orderId: 1, wholeMs: 15_400, unattendedMs: 0 }],
    unexplained: [],
  });
  expect(findReclaims(history, { serviceKilledAt: [500], serviceAway: [] }).unexplained).toEqual([1]);
});

it('of the time until an order was re-claimed only that after its lease, in which nobody ran, is not counted', () => {
  const history: TransitionRow[] = [
    { orderId: 1, from: null, to: 'making', cause: 'placed', at: 1_000 },
    { orderId: 1, from: 'making', to: 'waiting', cause: 'lease_ended', at: 20_000 },
  ];
  const serviceAway = [
    { from: 2_000, to: 4_000 },
    { from: 16_000, to: 19_000 },
  ];
  const { reclaims } = findReclaims(history, { serviceKilledAt: [2_000, 16_000], serviceAway });
  expect(reclaims).toEqual([{ orderId: 1, wholeMs: 18_000, unattendedMs: 2_000 }]);
});

it('an incident that was open before the fault detects nothing, and one without a good pizza restores nothing', () => {
  const incident: Incident = {
    id: 1,
    mode: 'refused',
    startedAt: 1_000,
    detectedAt: 1_020,
    restoredAt: 3_000,
    ordersDelayed: 1,
    ordersFailed: 0,
  };
  expect(readIncidents([incident], 900)).toMatchObject({ detectedMs: 120, restoredAt: 3_000, before: 0 });
  expect(readIncidents([incident], 1_100)).toMatchObject({ detectedMs: undefined, before: 1 });
  const open = { ...incident, id: 2, restoredAt: undefined };
  expect(readIncidents([incident, open], 900)).toMatchObject({ restoredAt: undefined, incidents: 2 });
});

it('an outage is ranked among the real ones by how many were restored faster', () => {
  const outages = readOutages().restored;
  expect(outages).toHaveLength(93);
  expect(rankAmong(outages, 1_000)).toBe(1);
  expect(rankAmong(outages, 30 * 60_000)).toBe(1 + outages.filter((minutes) => minutes < 30).length);
  expect(rankAmong(outages, undefined)).toBe(94);
});
