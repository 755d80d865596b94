import type { Database } from '../../src/database/pool.ts';
import { type Event, type History, type Step, side } from './history.ts';
import type { Keys } from './model-factory.ts';
import type { ModelShop } from './model-shop.ts';
import { createModelSystem, type ModelSystem } from './model-system.ts';
import { createObserver, findBrokenLaws } from './order-laws.ts';

// A circuit lets one order through at a time and a line comes back two at a time; every order is final long before.
const MOST_ROUNDS_TO_THE_END = 25;

const FIRST_ORDER: Event = { step: 'place', node: 0, hasKey: true };

const at = (count: number, number: number): number => number % count;

async function isAnyOpen(db: Database): Promise<boolean> {
  const open = await db
    .selectFrom('orders')
    .select('id')
    .where('state', 'in', ['making', 'waiting'])
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

async function readOrderIds(db: Database): Promise<number[]> {
  return (await db.selectFrom('orders').select('id').execute()).map(({ id }) => id);
}

async function turn(system: ModelSystem, node: 0 | 1): Promise<void> {
  await system.makeAllDue();
  await system.mayFail(system.nodes[node].sweep);
  await system.whenStill();
}

async function doOnOrder(system: ModelSystem, step: Extract<Step, { order: number }>): Promise<void> {
  const { accepted, nodes } = system;
  const orderId = accepted[at(accepted.length, step.order)];
  if (orderId === undefined) return;
  switch (step.step) {
    case 'lease ends':
      return system.endLease(orderId);
    case 'patience ends':
      return system.endPatience(orderId);
    case 'cancel':
      return system.mayFail(() => nodes[side(step.node)].transitions.cancel(orderId, 'cancelled_by_diner'));
    case 'give up':
      return system.mayFail(() => system.giveUp(nodes[side(step.node)], orderId));
    case 'try again':
      return system.mayFail(() =>
        nodes[side(step.node)].transitions.tryAgain(orderId, async () => undefined),
      );
  }
}

async function doStep(system: ModelSystem, step: Step): Promise<void> {
  const { factories, nodes, journal } = system;
  if ('order' in step) return doOnOrder(system, step);
  switch (step.step) {
    case 'place':
      return system.place(nodes[side(step.node)], step.hasKey ? 'the-key' : undefined);
    case 'factory turns': {
      const factory = factories[at(factories.length, step.factory)];
      if (factory) Object.assign(factory.state, { mode: step.mode, reportWorks: step.reportWorks });
      return;
    }
    case 'call is answered': {
      const pending = journal.pending();
      pending[at(pending.length, step.call)]?.answer(step.answer);
      return;
    }
    case 'all is due':
      return system.makeAllDue();
    case 'sweep':
      return system.mayFail(nodes[side(step.node)].sweep);
    case 'probe':
      return system.mayFail(nodes[side(step.node)].probe);
    case 'database fails':
      return system.breakDatabase(side(step.node), step);
    case 'turns':
      for (let count = 0; count < step.count && (await isAnyOpen(system.db)); count += 1)
        await turn(system, side(step.node));
  }
}

async function play(system: ModelSystem, event: Event): Promise<void> {
  switch (event.step) {
    case 'crash':
      await system.crash(side(event.node), event);
      if (event.isNoticed) await system.mayFail(system.nodes[side(event.node + 1)].sweep);
      break;
    case 'crash after placing':
      await system.crashAfterPlacing(side(event.node));
      break;
    case 'at once':
      await Promise.all(event.steps.map((step) => doStep(system, step)));
      break;
    default:
      await doStep(system, event);
  }
  await system.whenStill();
}

/** All trouble ends: the factories are well, every call is answered, and time passes. */
async function endAllTrouble(system: ModelSystem): Promise<void> {
  system.mendDatabases();
  for (const { state } of system.factories) Object.assign(state, { mode: 'good', reportWorks: true });
  for (const call of system.journal.pending()) call.answer('good');
  await system.whenStill();
  for (let round = 0; round < MOST_ROUNDS_TO_THE_END && (await isAnyOpen(system.db)); round += 1) {
    // Nothing runs any more, so what is being made is held by nobody.
    for (const orderId of await readOrderIds(system.db)) await system.endLease(orderId);
    await turn(system, side(round));
  }
}

/** Plays one history on a fresh system to its end; answers every law it broke. */
export async function playHistory(shop: ModelShop, keys: Keys, history: History): Promise<string[]> {
  const system = await createModelSystem(shop, keys, history);
  const observer = createObserver(shop.db);
  try {
    for (const event of [FIRST_ORDER, ...history.events]) {
      await play(system, event);
      await observer.look();
    }
    await endAllTrouble(system);
    await observer.look();
    return [...observer.broken(), ...(await findBrokenLaws(shop, system))];
  } finally {
    await system.whenStill();
  }
}
