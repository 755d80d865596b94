import { describe, expect, it } from '@jest/globals';
import { boundsOfDay, localDay, localTime } from './local-time.ts';

describe('the time in a zone', () => {
  it('is that of its clocks, in summer and in winter', () => {
    expect(localTime(new Date('2026-11-21T03:30:00Z'), 'America/Denver')).toEqual({
      date: '2026-11-20',
      clock: '20:30',
    });
    expect(localTime(new Date('2026-07-01T23:59:00Z'), 'Asia/Kathmandu')).toEqual({
      date: '2026-07-02',
      clock: '05:44',
    });
  });
});

describe('a day', () => {
  it.each([
    ['2026-11-20', 'UTC', '2026-11-20T00:00Z', '2026-11-21T00:00Z'],
    ['2026-11-20', 'America/Denver', '2026-11-20T07:00Z', '2026-11-21T07:00Z'],
    // 23 and 25 hours long.
    ['2026-03-08', 'America/Denver', '2026-03-08T07:00Z', '2026-03-09T06:00Z'],
    ['2026-11-01', 'America/Denver', '2026-11-01T06:00Z', '2026-11-02T07:00Z'],
    // The clocks go from midnight to one.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00Z', '2026-04-24T21:00Z'],
    ['2026-11-20', 'Pacific/Kiritimati', '2026-11-19T10:00Z', '2026-11-20T10:00Z'],
    ['2026-11-20', 'Etc/GMT+12', '2026-11-20T12:00Z', '2026-11-21T12:00Z'],
    ['2024-02-29', 'Asia/Kathmandu', '2024-02-28T18:15Z', '2024-02-29T18:15Z'],
  ])('%s in %s is from %s until %s', (day, timeZone, from, until) => {
    const { start, end } = boundsOfDay(day, timeZone);
    expect([start, end]).toEqual([new Date(from), new Date(until)]);
    expect(localDay(start, timeZone)).toBe(day);
    expect(localDay(new Date(end.getTime() - 1), timeZone)).toBe(day);
    expect(localDay(new Date(start.getTime() - 1), timeZone) < day).toBe(true);
    expect(localDay(end, timeZone) > day).toBe(true);
  });
});
