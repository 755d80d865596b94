import { expect, it } from '@jest/globals';
import { kitchenOf } from './kitchen-state.ts';

const EARLY = new Date('2025-04-08T14:10:00Z');
const LATE = new Date('2025-04-08T14:15:00Z');
const NONE = { since: undefined, isDown: false };

it('the kitchen is well when nobody waits and no factory is in trouble', () => {
  expect(kitchenOf({ waiting: 0, since: undefined }, NONE)).toEqual({ kitchen: 'well', since: undefined });
});

it('the kitchen is slow while orders wait, since the oldest of them was placed', () => {
  expect(kitchenOf({ waiting: 3, since: EARLY }, NONE)).toEqual({ kitchen: 'slow', since: EARLY });
});

it('the kitchen is slow while a factory is in trouble, since that began, even when nobody waits yet', () => {
  const trouble = { since: EARLY, isDown: false };
  expect(kitchenOf({ waiting: 0, since: undefined }, trouble)).toEqual({ kitchen: 'slow', since: EARLY });
  expect(kitchenOf({ waiting: 9, since: LATE }, trouble)).toEqual({ kitchen: 'slow', since: EARLY });
});

it('the kitchen is down when no factory takes orders', () => {
  expect(kitchenOf({ waiting: 1, since: LATE }, { since: EARLY, isDown: true })).toEqual({
    kitchen: 'down',
    since: EARLY,
  });
});
