import { type Baking, findBakings } from './bakings.ts';
import { findEnd, isFinal, isRefusal, isUnknown, ordersTold } from './diner-orders.ts';
import type { DinerOrder, Logs, OrderRow } from './logs.ts';

export interface Finding {
  orderId: number | undefined;
  why: string;
}

/** What must be empty for a diner to have nothing to complain about; only `bakedAgain` is the factory's loss alone. */
export interface Findings {
  lost: Finding[];
  toldFailed: Finding[];
  madeTwice: Finding[];
  /** Baked once more although the first one reached nobody who could store it: a factory does not deduplicate. */
  bakedAgain: Finding[];
  /** Orders and pizzas that no dinerOrder explains. */
  nobodyOrdered: Finding[];
  /** Shown to a client, and not the factory's pizza for this order. */
  badPizzas: Finding[];
  /** Stored, and not equal to one in the factory's journal. */
  foreignPizzas: Finding[];
  /** DinerOrders that never got any word. */
  unanswered: Finding[];
  /** What a plain client was told of its request, and what came of it, do not agree. */
  toldWrong: Finding[];
  /** The stores' figures count other orders as sold than were made. */
  chargedWrong: Finding[];
}

/** What excuses a second baking. */
export interface Interruptions {
  serviceKilledAt: readonly number[];
  /** When the factory cut the lines of everybody who was waiting. */
  linesCutAt: number | undefined;
}

/** Compares what clients were told, what the database holds and what the factories baked, after the line had time to drain. */
export function judgeOrders(logs: Logs, interruptions: Interruptions): Findings {
  const rows = new Map(logs.database.orders.map((order) => [order.id, order]));
  const bakings = Map.groupBy(findBakings(logs.factory), ({ pizza }) => pizza.orderId);
  const rebaked = judgeBakings(bakings, logs, interruptions);
  return {
    lost: findLost(logs, rows),
    toldFailed: findToldFailed(logs),
    madeTwice: onePerOrder([
      ...findDoubleOrders(logs.dinerOrders),
      ...findDoublePizzas(logs.dinerOrders, rows),
      ...rebaked.filter(({ isExcused }) => !isExcused),
    ]),
    bakedAgain: onePerOrder(rebaked.filter(({ isExcused }) => isExcused)),
    nobodyOrdered: findUnordered(logs, bakings, rows),
    badPizzas: findBadPizzas(logs, bakings),
    foreignPizzas: findForeignPizzas(logs, bakings),
    unanswered: logs.dinerOrders
      .filter((dinerOrder) => ordersTold(dinerOrder).length === 0 && findEnd(dinerOrder) === undefined)
      .map(({ key }) => ({
        orderId: undefined,
        why: `dinerOrder ${key ?? 'of a plain client'} got no answer`,
      })),
    toldWrong: findToldWrong(logs),
    chargedWrong: findChargedWrong(logs),
  };
}

/** Every request of a plain client: told an order, it is that one; told that nothing was stored, there is none. */
function findToldWrong({ dinerOrders, database }: Logs): Finding[] {
  const ofNotes = Map.groupBy(database.orders, ({ note }) => note);
  return dinerOrders.flatMap((dinerOrder) => {
    const [answer] = dinerOrder.answers;
    if (dinerOrder.note === undefined || !answer) return [];
    const stored = (ofNotes.get(dinerOrder.note) ?? []).map(({ id }) => id);
    const told = ordersTold(dinerOrder);
    const said = `${answer.httpStatus} ${answer.code ?? ''}`.trim();
    const [first] = stored;
    if (stored.length > 1)
      return [{ orderId: first, why: `one request stored as the orders ${stored.join(', ')}` }];
    if (isUnknown(answer)) return [];
    const isTrue = told.length === 0 ? stored.length === 0 : told.length === 1 && told[0] === first;
    const whatIs = first === undefined ? 'nothing was stored' : `order ${first} was stored`;
    return isTrue ? [] : [{ orderId: first ?? told[0], why: `told ${said}, and ${whatIs}` }];
  });
}

function findChargedWrong({ database: { orders, charged } }: Logs): Finding[] {
  const ready = orders.filter(({ state }) => state === 'ready').length;
  if (ready === charged) return [];
  return [{ orderId: undefined, why: `${ready} orders were made, and the figures count ${charged}` }];
}

function findLost({ dinerOrders, database }: Logs, rows: Map<number, OrderRow>): Finding[] {
  const keys = new Map(database.keys.map(({ dinerId, key, orderId }) => [`${dinerId}/${key}`, orderId]));
  const owners = Map.groupBy(
    dinerOrders.flatMap((dinerOrder) => ordersTold(dinerOrder)),
    (orderId) => orderId,
  );
  const ofOrders = dinerOrders.flatMap((dinerOrder) =>
    ordersTold(dinerOrder).flatMap((orderId) => {
      const kept =
        dinerOrder.key === undefined ? orderId : keys.get(`${dinerOrder.dinerId}/${dinerOrder.key}`);
      const whys = [
        whyLost(dinerOrder, rows.get(orderId)),
        kept !== orderId && `its key leads to order ${kept ?? 'none'}`,
        (owners.get(orderId)?.length ?? 0) > 1 && 'two dinerOrders were told to be this order',
      ];
      return whys.flatMap((why) => (typeof why === 'string' ? [{ orderId, why }] : []));
    }),
  );
  const seen = new Set(ofOrders.map(({ orderId }) => orderId));
  const stuck = database.orders
    .filter(({ id, state }) => !seen.has(id) && (state === 'making' || state === 'waiting'))
    .map(({ id, state }) => ({
      orderId: id,
      why: `stored, and still ${state} after the line had to be empty`,
    }));
  return [...onePerOrder(ofOrders), ...stuck];
}

function whyLost(dinerOrder: DinerOrder, row: OrderRow | undefined): string | undefined {
  if (!row) return 'acknowledged, and not in the database';
  if (row.state === 'making' || row.state === 'waiting')
    return `acknowledged, and still ${row.state} after the line had to be empty`;
  if (dinerOrder.answers.some(({ by, httpStatus }) => by === 'looking' && httpStatus === 404))
    return 'not found when its diner looked';
  const end = dinerOrder.answers.find(isFinal);
  if (!end) return `${row.state}, and its diner never got to know`;
  if (end.state === 'ready' && end.jwt === undefined) return 'called ready without a pizza';
  return end.state === row.state ? undefined : `told to be ${end.state}, and ${row.state} in the database`;
}

function onePerOrder(findings: Finding[]): Finding[] {
  return [...Map.groupBy(findings, ({ orderId }) => orderId).entries()].map(([orderId, found]) => ({
    orderId,
    why: found.map(({ why }) => why).join('; '),
  }));
}

function findToldFailed({ dinerOrders, database }: Logs): Finding[] {
  const told = dinerOrders.flatMap((dinerOrder) => {
    const bad = dinerOrder.answers.find(
      (dinerAnswer) =>
        isRefusal(dinerAnswer) || dinerAnswer.state === 'failed' || dinerAnswer.state === 'cancelled',
    );
    if (!bad) return [];
    const orderId = bad.orderId ?? ordersTold(dinerOrder)[0];
    return [{ orderId, why: `told ${bad.state ?? bad.code ?? 'nothing'} with status ${bad.httpStatus}` }];
  });
  const known = new Set(told.map(({ orderId }) => orderId));
  const untold = database.orders
    .filter(({ id, state }) => (state === 'failed' || state === 'cancelled') && !known.has(id))
    .map(({ id, state, reason }) => ({ orderId: id, why: `${state} in the database: ${reason}` }));
  return [...told, ...untold];
}

function findDoubleOrders(dinerOrders: readonly DinerOrder[]): Finding[] {
  return dinerOrders.flatMap((dinerOrder) => {
    const [first, ...others] = ordersTold(dinerOrder);
    return others.map((orderId) => ({
      orderId,
      why: `one dinerOrder with two orders: ${first} and ${orderId}`,
    }));
  });
}

function findDoublePizzas(dinerOrders: readonly DinerOrder[], rows: Map<number, OrderRow>): Finding[] {
  const shown = new Map<number, Set<string>>();
  for (const { orderId, jwt } of dinerOrders.flatMap(({ answers }) => answers)) {
    if (orderId !== undefined && jwt !== undefined)
      shown.set(orderId, (shown.get(orderId) ?? new Set()).add(jwt));
  }
  return [...shown].flatMap(([orderId, jwts]) => {
    if (jwts.size > 1) return [{ orderId, why: `${jwts.size} different pizzas were shown for one order` }];
    const kept = rows.get(orderId)?.jwt ?? undefined;
    const isOther = kept !== undefined && !jwts.has(kept);
    return isOther ? [{ orderId, why: 'the database keeps another pizza than was shown' }] : [];
  });
}

function judgeBakings(
  bakings: Map<number, Baking[]>,
  { database }: Logs,
  { serviceKilledAt, linesCutAt }: Interruptions,
): (Finding & { isExcused: boolean })[] {
  const abandoned = Map.groupBy(
    database.transitions.filter(({ cause }) => cause === 'lease_ended'),
    ({ orderId }) => orderId,
  );
  return [...bakings].flatMap(([orderId, baked]) => {
    if (baked.length < 2) return [];
    const killed = serviceKilledAt.length > 0 ? (abandoned.get(orderId)?.length ?? 0) : 0;
    const cut = baked.filter(
      ({ call }) => call?.status === 0 && linesCutAt !== undefined && call.at <= linesCutAt,
    ).length;
    // Each baking but one needs an excuse of its own.
    const isExcused = killed + cut >= baked.length - 1;
    return [{ orderId, why: `baked ${baked.length} times`, isExcused }];
  });
}

function findUnordered(
  { dinerOrders, database }: Logs,
  bakings: Map<number, Baking[]>,
  rows: Map<number, OrderRow>,
): Finding[] {
  const told = new Set(dinerOrders.flatMap((dinerOrder) => ordersTold(dinerOrder)));
  const placed = new Set(dinerOrders.map(({ dinerId, key }) => `${dinerId}/${key}`));
  const ofKeys = new Set(
    database.keys.flatMap(({ dinerId, key, orderId }) => (placed.has(`${dinerId}/${key}`) ? [orderId] : [])),
  );
  const notes = new Set(dinerOrders.map(({ note }) => note));
  const orders = database.orders
    .filter(({ id, note }) => !told.has(id) && !ofKeys.has(id) && !notes.has(note ?? ''))
    .map(({ id }) => ({ orderId: id, why: 'an order that nobody placed for' }));
  const pizzas = [...bakings.keys()]
    .filter((orderId) => !rows.has(orderId))
    .map((orderId) => ({ orderId, why: 'a pizza for an order that is not in the database' }));
  return [...orders, ...pizzas];
}

function findBadPizzas({ dinerOrders, verdicts }: Logs, bakings: Map<number, Baking[]>): Finding[] {
  const shown = dinerOrders.flatMap(({ answers }) => answers.filter(({ jwt }) => jwt !== undefined));
  return onePerOrder(
    shown.flatMap(({ orderId, jwt }) => {
      const verdict = verdicts.get(jwt ?? '');
      if (orderId === undefined || verdict === undefined || verdict === 'invalid')
        return [{ orderId, why: 'shown a pizza that its factory calls invalid' }];
      if (verdict !== orderId) return [{ orderId, why: `shown the pizza of order ${verdict}` }];
      const isBaked = bakings.get(orderId)?.some(({ pizza }) => pizza.jwt === jwt);
      return isBaked ? [] : [{ orderId, why: 'shown a pizza that no factory baked' }];
    }),
  );
}

function findForeignPizzas({ database }: Logs, bakings: Map<number, Baking[]>): Finding[] {
  return database.orders.flatMap(({ id, state, jwt }) => {
    if ((state === 'ready') !== (jwt !== null))
      return [{ orderId: id, why: jwt === null ? 'ready without a pizza' : `a pizza, and ${state}` }];
    const isBaked = jwt === null || bakings.get(id)?.some(({ pizza }) => pizza.jwt === jwt);
    return isBaked ? [] : [{ orderId: id, why: 'keeps a pizza that no factory baked for it' }];
  });
}
