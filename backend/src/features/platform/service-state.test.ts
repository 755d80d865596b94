import { expect, it } from '@jest/globals';
import { serviceStateOf } from './service-state.ts';

const EARLY = new Date('2025-04-08T14:10:00Z');
const LATE = new Date('2025-04-08T14:15:00Z');
const NONE = { since: undefined, isDown: false };

it('the service is well when nobody waits and no factory is in trouble', () => {
  expect(serviceStateOf({ waiting: 0, since: undefined }, NONE)).toEqual({
    kitchen: 'well',
    since: undefined,
  });
});

it('the service is slow while orders wait, since the oldest of them was placed', () => {
  expect(serviceStateOf({ waiting: 3, since: EARLY }, NONE)).toEqual({ kitchen: 'slow', since: EARLY });
});

it('the service is slow while a factory is in trouble, since that began, even when nobody waits yet', () => {
  const trouble = { since: EARLY, isDown: false };
  expect(serviceStateOf({ waiting: 0, since: undefined }, trouble)).toEqual({
    kitchen: 'slow',
    since: EARLY,
  });
  expect(serviceStateOf({ waiting: 9, since: LATE }, trouble)).toEqual({ kitchen: 'slow', since: EARLY });
});

it('the service is down when no factory takes orders', () => {
  expect(serviceStateOf({ waiting: 1, since: LATE }, { since: EARLY, isDown: true })).toEqual({
    kitchen: 'down',
    since: EARLY,
  });
});
