import { describe, expect, it } from '@jest/globals';
import { toSatoshi } from '#contract/money.ts';
import { formatDateTime, formatSatoshi, formatTime } from './format.ts';

describe('an amount of bitcoin', () => {
  it.each([
    ['en-US', 380_000, '0.0038'],
    ['en-US', 123_456_789_012, '1,234.56789012'],
    ['es-ES', 380_000, '0,0038'],
    ['es-ES', 1_234_567_800_000_000, '12.345.678,00'],
    ['es-MX', 123_450_000_000, '1,234.50'],
  ])('in %s is exact, with the signs of the locale', (locale, satoshi, text) => {
    expect(formatSatoshi(toSatoshi(satoshi), locale)).toBe(text);
  });
});

describe('a date', () => {
  it.each([
    ['en-US', /^Nov 23, 2026, \d/],
    ['es-ES', /^23 nov 2026, \d/],
  ])('in %s is written as people write it there', (locale, pattern) => {
    expect(formatDateTime('2026-11-23T12:04:00.000Z', locale)).toMatch(pattern);
  });
});

it.each([
  ['en-US', /^\d{1,2}:04\s[AP]M$/],
  ['es-ES', /^\d{1,2}:04$/],
])('a time of day in %s is written as people write it there', (locale, pattern) => {
  expect(formatTime('2026-11-23T12:04:00.000Z', locale)).toMatch(pattern);
});
