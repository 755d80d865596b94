import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isStoreOpen, type StoreSchedule } from './opening-hours.ts';
import { findNextOpening } from './opening-times.ts';

const ALWAYS: StoreSchedule = { timeZone: 'UTC', openingHours: null, pausedUntil: null, archivedAt: null };
const denver = (openingHours: StoreSchedule['openingHours']): StoreSchedule => ({
  ...ALWAYS,
  timeZone: 'America/Denver',
  openingHours,
});
/** Friday and Saturday evenings until two in the night. */
const EVENINGS = denver({
  weekdays: { 5: [{ opens: '17:00', closes: '02:00' }], 6: [{ opens: '17:00', closes: '02:00' }] },
});
const AROUND_THE_CLOCK = denver({
  weekdays: Object.fromEntries(
    [0, 1, 2, 3, 4, 5, 6].map((day) => [day, [{ opens: '00:00', closes: '24:00' }]]),
  ),
});

const told = (store: StoreSchedule, now: string) => {
  const { opensAt, closesAt } = findNextOpening(store, new Date(now));
  return [opensAt?.toISOString() ?? null, closesAt?.toISOString() ?? null];
};

describe('when a store opens and closes next', () => {
  it.each<[string, StoreSchedule, string, string | null, string | null]>([
    ['never, for one that is always open', ALWAYS, '2026-11-25T12:00:00Z', null, null],
    ['never, for one that is open around the clock', AROUND_THE_CLOCK, '2026-11-25T12:00:00Z', null, null],
    ['never, for one without any hours', denver({ weekdays: {} }), '2026-11-25T12:00:00Z', null, null],
    [
      'never, for one that is paused until it is reopened',
      { ...ALWAYS, pausedUntil: new Date('9999-12-31T00:00:00Z') },
      '2026-11-25T12:00:00Z',
      null,
      null,
    ],
    [
      'by its own clock, while it is closed',
      EVENINGS,
      '2026-11-25T12:00:00Z',
      '2026-11-28T00:00:00.000Z',
      '2026-11-28T09:00:00.000Z',
    ],
    [
      'this evening and after midnight, while it is open',
      EVENINGS,
      '2026-11-28T03:00:00Z',
      '2026-11-29T00:00:00.000Z',
      '2026-11-28T09:00:00.000Z',
    ],
    [
      'when its pause ends, and not before',
      { ...EVENINGS, pausedUntil: new Date('2026-11-28T01:30:00Z') },
      '2026-11-27T20:00:00Z',
      '2026-11-28T01:30:00.000Z',
      '2026-11-28T09:00:00.000Z',
    ],
    [
      'once for hours that follow each other without a gap',
      denver({
        weekdays: {
          5: [
            { opens: '10:00', closes: '14:00' },
            { opens: '14:00', closes: '24:00' },
          ],
          6: [{ opens: '00:00', closes: '01:00' }],
        },
      }),
      '2026-11-27T18:00:00Z',
      '2026-12-04T17:00:00.000Z',
      '2026-11-28T08:00:00.000Z',
    ],
    [
      'on the exception of a day far away',
      denver({
        weekdays: {},
        exceptions: [{ date: '2027-05-01', intervals: [{ opens: '11:00', closes: '12:00' }] }],
      }),
      '2026-11-25T12:00:00Z',
      '2027-05-01T17:00:00.000Z',
      '2027-05-01T18:00:00.000Z',
    ],
    [
      'an hour earlier by UTC once its clock is set forward',
      denver({ weekdays: { 0: [{ opens: '10:00', closes: '12:00' }] } }),
      '2027-03-12T12:00:00Z',
      '2027-03-14T16:00:00.000Z',
      '2027-03-14T18:00:00.000Z',
    ],
    [
      'when the clock jumps over its hour',
      denver({ weekdays: { 0: [{ opens: '02:30', closes: '04:00' }] } }),
      '2027-03-13T12:00:00Z',
      '2027-03-14T09:00:00.000Z',
      '2027-03-14T10:00:00.000Z',
    ],
    [
      'before the clock is set, where its hours begin before that',
      denver({
        weekdays: { 0: [{ opens: '00:00', closes: '03:45' }], 5: [{ opens: '00:00', closes: '00:00' }] },
      }),
      '2027-03-13T07:00:00Z',
      '2027-03-14T07:00:00.000Z',
      '2027-03-14T09:45:00.000Z',
    ],
  ])('is %s', (_circumstance, store, now, opensAt, closesAt) => {
    expect(told(store, now)).toEqual([opensAt, closesAt]);
  });

  it('is the first minute at which an order would find it so, whatever its hours and its zone', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const intervals = fc.array(fc.record({ opens: clock, closes: clock }), { maxLength: 3 });
    const weekday = fc.constantFrom('0', '1', '2', '3', '4', '5', '6');
    const schedule = fc.record({
      weekdays: fc.dictionary(weekday, intervals, { maxKeys: 7 }),
      timeZone: fc.constantFrom(
        'UTC',
        'America/Denver',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
        'Europe/London',
      ),
      // The days around each change of the clock in Denver and London, and some without one.
      from: fc.constantFrom('2026-10-24', '2026-10-31', '2027-03-13', '2027-03-27', '2026-12-01'),
      minutes: fc.integer({ min: 0, max: 2 * 24 * 60 }),
    });
    fc.assert(
      fc.property(schedule, ({ weekdays, timeZone, from, minutes }) => {
        const store = { ...ALWAYS, timeZone, openingHours: { weekdays } };
        const now = Date.parse(`${from}T00:00:00Z`) + minutes * 60_000;
        const isOpen = isStoreOpen(store, new Date(now));
        const { opensAt, closesAt } = findNextOpening(store, new Date(now));
        const turn = (isOpen ? closesAt : opensAt)?.getTime() ?? Number.POSITIVE_INFINITY;
        // By quarters of an hour over three days: the clocks and the hours know no smaller step.
        const first = Math.ceil((now + 1) / 900_000) * 900_000;
        for (let at = first; at < now + 3 * 86_400_000; at += 900_000) {
          if (at >= turn) break;
          expect([at, isStoreOpen(store, new Date(at))]).toEqual([at, isOpen]);
        }
        if (Number.isFinite(turn)) expect(isStoreOpen(store, new Date(turn))).toBe(!isOpen);
      }),
      { numRuns: 150 },
    );
  });
});
