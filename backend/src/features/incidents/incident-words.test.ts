import { describe, expect, it } from '@jest/globals';
import { property, string } from 'fast-check';
import { toSatoshi } from '#contract/money.ts';
import { holds } from '../../../test/support/holds.ts';
import { amountOf, durationOf, quoted } from './incident-words.ts';

describe('whatever a record holds', () => {
  it('a quoted text is set as code, in plain characters', () => {
    holds(
      property(string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(quoted(text)).toEqual({
          kind: 'code',
          text: expect.stringMatching(/^[A-Za-z0-9 .,:;/_@%+=?\\{}-]*$/),
        });
      }),
    );
  });

  it('a key in a URL is masked in both shapes', () => {
    expect(quoted('https://f.test/api/support/secret/report/code').text).toBe(
      'https://f.test/api/support/.../report/code',
    );
    expect(quoted('https://f.test/api/report?apikey=secret&fixCode=code').text).not.toContain('secret');
  });
});

it.each([
  [-5, '0 ms'],
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.6, '1 s'],
  [1_250, '1.3 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [725_000, '12 min 5 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_399_999, '1 d'],
  [273_600_000, '3 d 4 h'],
])('%d ms read as %s', (ms, words) => {
  expect(durationOf(ms)).toBe(words);
});

it.each([
  [0, '0 ₿'],
  [1, '0.00000001 ₿'],
  [30_000_000, '0.3 ₿'],
  [1_000_000_000, '10 ₿'],
  [2_100_000_000_000_000, '21000000 ₿'],
])('%d satoshi read as %s, without the noise of floats', (satoshi, words) => {
  expect(amountOf(toSatoshi(satoshi))).toBe(words);
});
