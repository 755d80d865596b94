import { describe, expect, it } from '@jest/globals';
import { areComplete, fromEdited, toEdited } from './hours.ts';

const EVENING = { opens: '17:00', closes: '02:00' };
const hours = {
  weekdays: { '5': [EVENING], '6': [{ opens: '11:00', closes: '14:00' }, EVENING] },
  exceptions: [{ date: '2026-12-24', intervals: [] }],
};

describe('opening hours that are edited', () => {
  it('and saved unchanged are what they were', () => {
    expect(fromEdited(toEdited(hours))).toEqual(hours);
  });

  it('of a store that was always open begin with hours on each day', () => {
    expect(Object.keys(fromEdited(toEdited(null)).weekdays)).toHaveLength(7);
  });

  it('of a whole day end at 24:00', () => {
    const wholeDay = { weekdays: { '1': [{ opens: '00:00', closes: '24:00' }] } };
    expect(areComplete(toEdited(wholeDay))).toBe(true);
  });

  it('are complete with every time filled in, also past midnight', () => {
    expect(areComplete(toEdited(hours))).toBe(true);
  });

  it.each([
    ['a time is missing', { ...hours, weekdays: { '5': [{ opens: '', closes: '02:00' }] } }],
    [
      'an interval ends when it begins',
      { ...hours, weekdays: { '5': [{ opens: '10:00', closes: '10:00' }] } },
    ],
    ['a day of an exception is missing', { ...hours, exceptions: [{ date: '', intervals: [] }] }],
    [
      'a day is excepted twice',
      { ...hours, exceptions: [...hours.exceptions, { date: '2026-12-24', intervals: [EVENING] }] },
    ],
  ])('are not complete while %s', (_what, wrong) => {
    expect(areComplete(toEdited(wrong))).toBe(false);
  });
});
