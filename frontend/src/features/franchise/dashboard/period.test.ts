import { expect, it } from '@jest/globals';
import { lastDays, partsOfYear, todayIn } from './period.ts';

const DAY_MS = 86_400_000;
const TODAY = { from: '2026-03-05', to: '2026-03-05' };

it('today is the day by the clocks of the stores, and both days when they have different ones', () => {
  const evening = Date.parse('2026-11-21T03:30:00.000Z');
  const [friday, saturday] = ['2026-11-20', '2026-11-21'];
  expect(todayIn(['America/Denver'], evening)).toEqual({ from: friday, to: friday });
  expect(todayIn(['Asia/Tokyo', 'America/Denver', 'UTC'], evening)).toEqual({ from: friday, to: saturday });
  expect(lastDays(7, { from: friday, to: saturday })).toEqual({ from: '2026-11-14', to: saturday });
  for (const unknown of [[], ['Mars/Olympus']])
    expect(todayIn(unknown, evening)).toEqual({ from: saturday, to: saturday });
});

it('a period of one day is today alone, one of seven begins six days ago', () => {
  expect(lastDays(1, TODAY)).toEqual({ from: '2026-03-05', to: '2026-03-05' });
  expect(lastDays(7, TODAY)).toEqual({ from: '2026-02-27', to: '2026-03-05' });
});

it('a year of parts has each of its days once, and no part is longer than one answer may be', () => {
  const parts = partsOfYear(TODAY);
  expect(parts[0]).toEqual({ from: '2025-03-06', to: '2025-03-31' });
  expect(parts.at(-1)).toEqual({ from: '2026-03-01', to: '2026-03-05' });
  expect(parts).toHaveLength(13);
  for (const [index, { from }] of parts.slice(1).entries())
    expect(Date.parse(from) - Date.parse(parts[index]?.to ?? '')).toBe(DAY_MS);
  for (const { from, to } of parts) expect(Date.parse(to) - Date.parse(from)).toBeLessThan(31 * DAY_MS);
});

it('a year that ends on the first or last day of a month is no day longer or shorter', () => {
  for (const end of ['2026-03-01', '2026-02-28', '2024-12-31']) {
    const parts = partsOfYear({ from: end, to: end });
    const days = parts.reduce(
      (sum, { from, to }) => sum + (Date.parse(to) - Date.parse(from)) / DAY_MS + 1,
      0,
    );
    expect([end, days, parts.at(-1)?.to]).toEqual([end, 365, end]);
  }
});
