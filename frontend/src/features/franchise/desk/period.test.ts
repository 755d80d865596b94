import { expect, it } from '@jest/globals';
import { lastDays, monthsOfYear } from './period.ts';

const NOW = Date.parse('2026-03-05T23:30:00.000Z');

it('a period of one day is today alone, one of seven begins six days ago', () => {
  expect(lastDays(1, NOW)).toEqual({ from: '2026-03-05', to: '2026-03-05' });
  expect(lastDays(7, NOW)).toEqual({ from: '2026-02-27', to: '2026-03-05' });
});

it('a year of months ends today, has each day once, and no month longer than one answer may be', () => {
  const months = monthsOfYear(NOW);
  expect(months).toHaveLength(12);
  expect(months[0]).toEqual({ from: '2025-04-01', to: '2025-04-30' });
  expect(months[10]).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(months[11]).toEqual({ from: '2026-03-01', to: '2026-03-05' });
  for (const [index, { from }] of months.slice(1).entries()) {
    expect(Date.parse(from) - Date.parse(months[index]?.to ?? '')).toBe(86_400_000);
  }
});
