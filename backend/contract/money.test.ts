import { describe, expect, it } from '@jest/globals';
import { array, bigInt, constantFrom, integer, property, tuple } from 'fast-check';
import { holds } from '../test/support/holds.ts';
import {
  bitcoinFromSatoshi,
  decimalFromSatoshi,
  isWholeSatoshi,
  satoshiFromBitcoin,
  satoshiFromDecimal,
  sumSatoshi,
  toSatoshi,
} from './money.ts';
import { bitcoinSchema, boundedInteger, idSchema, lineOfText } from './primitives.ts';

const ALL_BITCOIN = 2_100_000_000_000_000;
const satoshi = integer({ min: 0, max: ALL_BITCOIN }).map(toSatoshi);
const signed = integer({ min: -ALL_BITCOIN, max: ALL_BITCOIN }).map(toSatoshi);

describe('money', () => {
  it('every amount there can be survives the way over the wire', () => {
    holds(
      property(satoshi, (amount) => {
        const onTheWire = JSON.stringify(bitcoinFromSatoshi(amount));
        expect(satoshiFromBitcoin(JSON.parse(onTheWire))).toBe(amount);
        expect(bitcoinSchema.safeParse(JSON.parse(onTheWire)).success).toBe(true);
      }),
    );
  });

  it('every amount there can be, also a negative one, survives the way through a DECIMAL column', () => {
    holds(
      property(signed, (amount) => {
        const text = decimalFromSatoshi(amount);
        expect(text).toMatch(/^-?\d+\.\d{8}$/);
        expect(satoshiFromDecimal(text)).toBe(amount);
      }),
    );
  });

  it('a sum is exact, as whole numbers of any size are', () => {
    const cents = array(integer({ min: 0, max: 10_000_000_000 }).map(toSatoshi), { maxLength: 1000 });
    holds(
      property(cents, (amounts) => {
        const exact = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
        expect(BigInt(sumSatoshi(amounts))).toBe(exact);
      }),
    );
  });

  it('a decimal text is read digit by digit, whatever zeros stand around it', () => {
    const zeros = constantFrom('', '0', '0000');
    holds(
      property(
        tuple(bigInt({ min: 0n, max: 20_999_999n }), integer({ min: 0, max: 99_999_999 }), zeros),
        ([whole, part, more]) => {
          const digits = String(part).padStart(8, '0');
          expect(BigInt(satoshiFromDecimal(`${whole}.${digits}${more}`))).toBe(
            whole * 100_000_000n + BigInt(part),
          );
        },
      ),
    );
  });

  it('an amount of 9 decimals is never whole satoshi', () => {
    holds(
      property(integer({ min: 0, max: 1_000_000_000 }), integer({ min: 1, max: 9 }), (whole, digit) => {
        const bitcoin = Number(`${decimalFromSatoshi(toSatoshi(whole))}${digit}`);
        expect(isWholeSatoshi(bitcoin)).toBe(false);
        expect(() => satoshiFromBitcoin(bitcoin)).toThrow(RangeError);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53, -(2 ** 53)])(
    '%d is no number of satoshi',
    (value) => {
      expect(() => toSatoshi(value)).toThrow(RangeError);
    },
  );

  it.each(['', '.', '1.', '.5', '1,5', '1e3', '0.000000001', ' 1', '+1', '0x10', '--1', 'NaN'])(
    'the text %j is no amount',
    (text) => {
      expect(() => satoshiFromDecimal(text)).toThrow(RangeError);
    },
  );

  it('a sum beyond what adds exactly is refused instead of rounded', () => {
    const most = toSatoshi(Number.MAX_SAFE_INTEGER);
    expect(() => sumSatoshi([most, toSatoshi(1)])).toThrow(RangeError);
    expect(sumSatoshi([])).toBe(0);
  });
});

describe('the primitives of the contract', () => {
  it.each([
    [7, 7],
    ['7', 7],
    ['0007', 7],
    [2_147_483_647, 2_147_483_647],
  ])('the id %j is %i', (given, id) => {
    expect(idSchema.parse(given)).toBe(id);
  });

  it.each([
    0,
    -1,
    1.5,
    '',
    ' 7',
    '7 ',
    '+7',
    '1e3',
    '0x7',
    '٧',
    2_147_483_648,
    '12345678901',
    true,
    null,
    [7],
    {},
    Number.NaN,
  ])('S2: the value %j is no id', (given) => {
    expect(idSchema.safeParse(given).success).toBe(false);
  });

  it('S6: a bounded integer takes its bounds, nothing beyond, and its fallback for nothing', () => {
    const schema = boundedInteger({ min: 1, max: 20, fallback: 5 });
    expect(['1', '20', undefined].map((value) => schema.parse(value))).toEqual([1, 20, 5]);
    for (const value of ['0', '21', '-1', '', 'x', '1.0', ['1'], null])
      expect(schema.safeParse(value).success).toBe(false);
  });

  it('S40: a line of text is trimmed, in one normal form, and what breaks lines in it is one space', () => {
    const schema = lineOfText({ max: 5 });
    expect(schema.parse('  e\u0301 ')).toBe('é');
    for (const breaks of ['\n', '\r\n', '\t', '\u0000', '\u001b', '\u0085', '\u2028', '\u2029\u2028']) {
      expect(schema.parse(`a${breaks}b`)).toBe('a b');
    }
    expect(schema.safeParse('a\ud800b').success).toBe(false);
  });

  it('a line of text takes any Unicode, and drops what turns the direction of its neighbours', () => {
    const schema = lineOfText({ max: 20 });
    for (const text of ['Ñandú 🌶️', '👩‍🍳 Pizza', 'پیتزا', 'می‌خواهم', 'a\u200fb', 'か', '\u{1f9c0}'])
      expect(schema.parse(text)).toBe(text.normalize('NFC'));
    expect(schema.parse('a\u202eb\u2066c\u2069\u202c')).toBe('abc');
  });

  it.each(['\u200b', '\u2060\ufe0f', '\u00ad', '\u2800', '\u3164', '\u115f\u1160', '\u{e0041}\u200d'])(
    'a line of nothing visible is refused, also where it may be empty: %j',
    (text) => {
      for (const min of [0, 1]) expect(lineOfText({ min, max: 20 }).safeParse(text).success).toBe(false);
    },
  );

  it('a line that may be empty may be blank', () => {
    expect(lineOfText({ min: 0, max: 20 }).parse(' \t ')).toBe('');
  });
});
