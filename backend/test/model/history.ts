import fc from 'fast-check';
import type { DatabaseFault } from './faulty-pool.ts';

/** What a factory makes of a call; `good_slow` is a pizza that comes with a report URL. */
export const ANSWERS = [
  'good',
  'good_slow',
  'refused',
  'bad_pizza',
  'wrong_order',
  'error',
  'busy',
  'unreachable',
  'timeout',
  'rejected',
  'key_refused',
] as const;
export type Answer = (typeof ANSWERS)[number];

/** `silent`: every call stays pending until a later step answers it, or its node crashes. */
export type Mode = Answer | 'silent';

/** One thing that happens. Numbers mean the orders and calls there are, counted round. */
export type Step =
  | { step: 'place'; node: number; hasKey: boolean }
  | { step: 'cancel' | 'give up' | 'try again'; order: number; node: number }
  | { step: 'factory turns'; factory: number; mode: Mode; reportWorks: boolean }
  | { step: 'call is answered'; call: number; answer: Answer }
  | { step: 'sweep' | 'probe'; node: number }
  | { step: 'turns'; node: number; count: number }
  | { step: 'all is due' }
  | { step: 'lease ends' | 'patience ends'; order: number }
  | ({ step: 'database fails'; node: number } & DatabaseFault);

/** What can happen at any moment of what another node does. */
export type Event =
  | Step
  | { step: 'at once'; steps: [Step, Step] }
  /** `isBaked`: the factory made what it was asked for; `isNoticed`: the other node takes over at once. */
  | { step: 'crash'; node: number; isBaked: boolean; isNoticed: boolean }
  | { step: 'crash after placing'; node: number };

/** Everything that happens to one system, from its birth to the moment when all trouble ends. */
export interface History {
  factories: 1 | 2;
  recovery: 'act' | 'suggest' | 'off';
  /** How each factory is when the first order comes. */
  modes: [Mode, Mode];
  events: Event[];
}

// Long enough for three crashes over one order; longer ones find nothing more and take their time.
const MOST_EVENTS = 12;
// The orders and calls a step can mean; further ones meet nothing these do not.
const MOST_NUMBER = 3;
// More turns than the failures an order is given.
const MANY_TURNS = 9;
// A fault can meet each statement of a placing and of the attempt that follows.
const MANY_STATEMENTS = 30;

const node = fc.nat({ max: 1 });
const order = fc.nat({ max: MOST_NUMBER });
const answer = fc.constantFrom(...ANSWERS);
const mode: fc.Arbitrary<Mode> = fc.oneof(
  { weight: 3, arbitrary: answer },
  { weight: 3, arbitrary: fc.constant('silent' as const) },
  { weight: 1, arbitrary: fc.constantFrom<Mode>('good', 'refused', 'bad_pizza') },
);

const onOrder = (name: 'cancel' | 'give up' | 'try again') =>
  fc.record({ step: fc.constant(name), order, node });
const onNode = <Name extends string>(name: Name) => fc.record({ step: fc.constant(name), node });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ step: fc.constant('place' as const), node, hasKey: fc.boolean() }),
  },
  { weight: 2, arbitrary: onOrder('cancel') },
  { weight: 2, arbitrary: onOrder('give up') },
  { weight: 3, arbitrary: onOrder('try again') },
  {
    weight: 6,
    arbitrary: fc.record({
      step: fc.constant('factory turns' as const),
      factory: node,
      mode,
      reportWorks: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ step: fc.constant('call is answered' as const), call: order, answer }),
  },
  { weight: 3, arbitrary: onNode('sweep' as const) },
  { weight: 1, arbitrary: onNode('probe' as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant('turns' as const),
      node,
      count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(MANY_TURNS)),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ step: 'all is due' as const }) },
  { weight: 3, arbitrary: fc.record({ step: fc.constant('lease ends' as const), order }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('patience ends' as const), order }) },
  {
    weight: 6,
    arbitrary: fc.record({
      step: fc.constant('database fails' as const),
      node,
      lose: fc.constantFrom('statement' as const, 'answer' as const),
      of: fc.constantFrom('commit' as const, 'any' as const),
      after: fc.oneof(fc.constant(0), fc.nat({ max: MANY_STATEMENTS })),
      refusals: fc.constantFrom(0, 0, 1, 2),
    }),
  },
);

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 10, arbitrary: step },
  {
    weight: 3,
    arbitrary: fc.record({ step: fc.constant('at once' as const), steps: fc.tuple(step, step) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant('crash' as const),
      node,
      isBaked: fc.boolean(),
      isNoticed: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: onNode('crash after placing' as const) },
);

export const histories: fc.Arbitrary<History> = fc.record({
  factories: fc.constantFrom(1, 1, 2),
  recovery: fc.constantFrom('act', 'act', 'act', 'suggest', 'off'),
  modes: fc.tuple(mode, mode),
  events: fc.array(event, { maxLength: MOST_EVENTS, size: 'max' }),
});

/** Which of two a number means. */
export const side = (number: number): 0 | 1 => (number % 2 === 0 ? 0 : 1);

/** One line for each event, as a person reads them. */
export function describeHistory({ factories, recovery, modes, events }: History): string {
  const lines = events.map((one) => `  ${JSON.stringify(one)}`);
  const first = `${factories} factories (${modes.join(', ')}), recovery ${recovery}, an order, then:`;
  return [first, ...lines].join('\n');
}
