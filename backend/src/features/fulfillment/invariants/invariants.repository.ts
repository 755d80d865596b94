import { type RawBuilder, sql } from 'kysely';
import { FIRST_STATES, NEXT_STATES } from '#contract/order-lifecycle.ts';
import { sweptUntil } from '../../../database/swept-until.ts';
import type { Queryable } from '../../../database/transaction.ts';
import { PATIENT_REASONS } from '../orders/retry-schedule.ts';

/** Orders with an id above this are looked at; 0 for all. */
export interface Scope {
  afterId: number;
}

export interface BrokenOrders {
  count: number;
  /** Those with the lowest ids. */
  examples: number[];
}

const EXAMPLES = 5;

/**
 * The newest order that is older than so many hours. Ids grow with the time of placing, so the walk back over the
 * primary key reads the orders of these hours and one more.
 */
export async function findLastOrderBefore(db: Queryable, hours: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from orders force index (primary)
    where placed_at < now(3) - interval ${hours * 3600} second order by id desc limit 1`.execute(db);
  return rows[0]?.id ?? 0;
}

/** One statement, hence one snapshot of the database, however much happens meanwhile. */
async function findBroken(db: Queryable, orderIds: RawBuilder<unknown>): Promise<BrokenOrders> {
  const { rows } = await sql<{ id: number; count: number }>`
    select id, count(*) over () as count from (select distinct id from (${orderIds}) found) broken
    order by id limit ${sql.lit(EXAMPLES)}`.execute(db);
  return { count: Number(rows[0]?.count ?? 0), examples: rows.map(({ id }) => Number(id)) };
}

/** Looks for orders that break one law. */
export type FindBroken = (db: Queryable, scope: Scope) => Promise<BrokenOrders>;

const findOrdersWhere =
  (isBroken: RawBuilder<unknown>): FindBroken =>
  (db, { afterId }) =>
    findBroken(db, sql`select o.id from orders o where o.id > ${afterId} and (${isBroken})`);

/**
 * Each step of a history with what came before it, and whether the order is so young that nothing of its history has
 * been swept: of an older one steps may be missing, but those that follow each other still fit.
 */
const findStepsWhere =
  (isBroken: RawBuilder<unknown>): FindBroken =>
  (db, { afterId }) =>
    findBroken(
      db,
      sql`
        select s.order_id as id from (
          select t.order_id, t.from_state, t.to_state, t.fence,
            row_number() over of_order as number,
            lag(t.to_state) over of_order as state_before,
            lag(t.fence) over of_order as fence_before,
            o.placed_at >= ${sweptUntil('order_transitions')} as is_whole
          from order_transitions t join orders o on o.id = t.order_id where t.order_id > ${afterId}
          window of_order as (partition by t.order_id order by t.id)
        ) s where ${isBroken}`,
    );

const HELD_CAUSES = sql`(${sql.join(PATIENT_REASONS.map((reason) => sql.lit(reason)))})`;

/**
 * Open orders whose patience ended so long ago, whenever they were placed: they are few, and stand together in an
 * index. Those that wait for us and not for pizza are spared, and those that have just gone on after such a wait;
 * these are counted, because of a `not exists` MySQL makes a join that reads the history whole.
 */
export function findForgottenOrders(
  db: Queryable,
  { longestWaitMs, marginMs }: { longestWaitMs: number; marginMs: number },
): Promise<BrokenOrders> {
  return findBroken(
    db,
    sql`
      select o.id from orders o
      where o.state in ('making', 'waiting')
        and o.patience_since < now(3) - interval ${(longestWaitMs + marginMs) * 1000} microsecond
        and (o.reason is null or o.reason not in ${HELD_CAUSES})
        and 0 = (
          select count(*) from order_transitions h join order_transitions t on t.order_id = o.id
          where h.order_id = o.id and h.to_state = 'waiting' and h.cause in ${HELD_CAUSES}
            and t.fence = o.fence and t.at > now(3) - interval ${marginMs * 1000} microsecond
        )`,
  );
}

export const findPizzasOfUnready = findOrdersWhere(sql`o.jwt is not null and o.state <> 'ready'`);

/** A diner who left has no pizzas any more: see orders/leaving-diner.ts. */
export const findReadyWithoutPizza = findOrdersWhere(sql`
  o.state = 'ready' and (o.maker is null or (o.jwt is null and not exists (
    select 1 from users u where u.id = o.diner_id and u.deleted_at is not null)))`);

export const findTracesOfErased = findOrdersWhere(sql`
  exists (select 1 from users u where u.id = o.diner_id and u.erased_at is not null)
  and (o.state in ('making', 'waiting') or o.jwt is not null
    or exists (select 1 from order_items i where i.order_id = o.id and i.note is not null))`);

export const findUnverifiedReady = findOrdersWhere(sql`
  o.state = 'ready' and o.placed_at >= ${sweptUntil('factory_attempts')} and not exists (
    select 1 from factory_attempts a where a.order_id = o.id
      and a.outcome in ('made', 'made_slow') and a.signature_verdict = 'valid')`);

export const findReadyTwice = findOrdersWhere(sql`
  1 < (select count(*) from order_transitions t where t.order_id = o.id and t.to_state = 'ready')`);

const births = sql.join(FIRST_STATES.map((state) => sql.lit(state)));
export const findStrangeBirths = findStepsWhere(
  sql`s.is_whole and s.number = 1 and (s.from_state is not null or s.to_state not in (${births}))`,
);

export const findGapsInHistory = findStepsWhere(sql`
  s.number > 1 and (s.is_whole or s.fence = s.fence_before + 1) and not (s.from_state <=> s.state_before)`);

const edges = sql.join(
  Object.entries(NEXT_STATES).flatMap(([from, next]) =>
    next.map((to) => sql`(${sql.lit(from)}, ${sql.lit(to)})`),
  ),
);
export const findStepsOffGraph = findStepsWhere(
  sql`s.from_state is not null and (s.from_state, s.to_state) not in (${edges})`,
);

export const findFallenFences = findStepsWhere(sql`s.fence <= s.fence_before`);

export const findOtherEnds = findOrdersWhere(sql`
  not exists (
    select 1 from order_transitions t where t.order_id = o.id and t.to_state = o.state and t.fence = o.fence
      and t.id = (select max(l.id) from order_transitions l where l.order_id = o.id))`);

export const findWrongTotals = findOrdersWhere(sql`
  not exists (
    select 1 from order_items i where i.order_id = o.id having count(*) = o.pizzas and sum(i.price) = o.total)`);

/** One that was given up keeps the lease of a call that is still out, also when it is tried again. */
export const findWrongClocks = findOrdersWhere(sql`
  (o.lease_until is null) <> (o.lease_node is null) or (o.state = 'making' and o.lease_until is null)
  or (o.state in ('ready', 'cancelled') and o.lease_until is not null)
  or (o.state = 'waiting') <> (o.next_attempt_at is not null)
  or (o.state in ('ready', 'failed', 'cancelled')) <> (o.settled_at is not null)`);

/** A key without an order is no fault: it was spent when its order was found not to be stored. */
export const findForeignKeys: FindBroken = (db, { afterId }) =>
  findBroken(
    db,
    sql`
      select k.order_id as id
      from idempotency_keys k left join orders o on o.id = k.order_id
      where k.order_id > ${afterId} and (o.id is null or o.diner_id <> k.diner_id)
      union all
      select k.order_id as id from idempotency_keys k
      where k.order_id > ${afterId} group by k.order_id having count(*) > 1`,
  );

export const findHastyPoison = (leastFailures: number): FindBroken =>
  findOrdersWhere(sql`o.reason = 'poison' and o.answered_failures < ${sql.lit(leastFailures)}`);

export const findMisnumberedAttempts: FindBroken = (db, { afterId }) =>
  findBroken(
    db,
    sql`
      select n.order_id as id from (
        select a.order_id, a.number, row_number() over (partition by a.order_id order by a.id) as place
        from factory_attempts a join orders o on o.id = a.order_id
        where a.order_id > ${afterId} and o.placed_at >= ${sweptUntil('factory_attempts')}
      ) n where n.number <> n.place`,
  );
