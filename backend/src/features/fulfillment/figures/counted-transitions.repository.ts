import { type RawBuilder, sql } from 'kysely';

/** Why an order waited or failed when it was us and not the factory: such an order is neither late nor failed. */
const OUR_CAUSES = ['no_slot', 'held', 'lease_ended', 'shutdown', 'crash_loop'];
export const ourCauses = sql.join(OUR_CAUSES.map((cause) => sql.lit(cause)));

/** The transitions `w` by which an order `o` began to wait because of the factory: a ready one that has any is late. */
export const waitsForFactory = sql`order_transitions w where w.order_id = o.id
  and coalesce(w.from_state, 'making') = 'making' and w.to_state = 'waiting' and w.cause not in (${ourCauses})`;

/** Whether a ready order `o` waited because of the factory. */
export const isLate = sql`exists (select 1 from ${waitsForFactory})`;

/**
 * The day of a transition `d`. One that was folded has it; of one that was not the minute is told, and who reads makes
 * the day of it and the store's zone, because not every database knows the zones (see store-days.ts).
 */
export const dayColumns = sql`
  if(d.is_unfolded is null, coalesce(d.store_day, cast(d.at as date)), null) as day,
  if(d.is_unfolded is null, null, timestampdiff(minute, timestamp '1970-01-01 00:00:00', d.at)) as minute`;

/** Transitions that the figures do not have yet. */
export const isUnfolded = sql`t.is_unfolded = 1`;

/**
 * What each of these transitions `t` adds to the figures: one into `ready` its order, one into `failed` a failure, and
 * one out of `failed` takes that failure back, on the day on which it was counted. All of an order's add up to what
 * the order itself says (see readActualFigures).
 */
function contributions(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select t.id, t.order_id, o.store_id, s.time_zone, ${dayColumns}, t.to_state = 'ready' as made,
      if(t.to_state = 'ready', o.pizzas, 0) as pizzas, if(t.to_state = 'ready', o.total, 0) as revenue,
      t.to_state = 'ready' and ${isLate} as late,
      case when t.to_state = 'failed' then 1 when t.from_state = 'failed' then -1 else 0 end as failed
    from order_transitions t join orders o on o.id = t.order_id join stores s on s.id = o.store_id
      join order_transitions d on d.order_id = t.order_id and d.fence = t.fence - if(t.from_state = 'failed', 1, 0)
    where ${which} and (t.to_state = 'ready' or d.cause not in (${ourCauses}))
  )`;
}

/** What these transitions add to the figures of their stores. */
export function addedToDays(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select c.store_id, c.time_zone, c.day, c.minute, sum(c.made) as orders, sum(c.pizzas) as pizzas,
      sum(c.revenue) as revenue, sum(c.late) as late, sum(c.failed) as failed
    from ${contributions(which)} c group by c.store_id, c.time_zone, c.day, c.minute
  )`;
}

/** What they add to the figures of the items. */
export function addedToItemDays(which: RawBuilder<unknown>): RawBuilder<unknown> {
  const same = sql`store_id, time_zone, day, minute`;
  return sql`(
    select ${same}, menu_id, sum(made) as orders, sum(if(made, pizzas, 0)) as pizzas,
      sum(if(made, price, 0)) as revenue, sum(late) as late, sum(failed) as failed
    from (
      select c.id, ${same}, c.made, c.late, c.failed, i.menu_id, count(*) as pizzas, sum(i.price) as price
      from ${contributions(which)} c join order_items i on i.order_id = c.order_id
      group by c.id, ${same}, c.made, c.late, c.failed, i.menu_id
    ) m group by ${same}, menu_id
  )`;
}
