import fc from 'fast-check';
import { z } from 'zod';

/** Stands for a row of the world that a call meets; resolved when the call is sent, so that shrinking keeps its sense. */
export class RowRef {
  readonly row: string;

  constructor(row: string) {
    this.row = row;
  }
}

// A field of this name means something that exists, or has a form that chance would never meet.
const dates = fc.constantFrom('2026-11-01', '2026-11-23', '2026-11-30', '2025-01-01', '2024-02-29');
const times = fc.constantFrom('00:00', '09:30', '17:00', '23:59', '24:00');
const aRow = (row: string) => fc.constant(new RowRef(row));
const HINTS: Record<string, fc.Arbitrary<unknown>> = {
  franchiseId: aRow('franchiseId'),
  storeId: aRow('storeId'),
  menuId: aRow('menuId'),
  userId: aRow('userId'),
  orderId: aRow('orderId'),
  sessionId: aRow('sessionId'),
  objectId: aRow('franchiseId'),
  before: aRow('orderId'),
  menuIds: aRow('menuIds'),
  jwt: fc.oneof(aRow('jwt'), fc.string()),
  email: fc.oneof(
    aRow('email'),
    fc.nat(1e6).map((number) => `Somebody.${number}@example.com`),
  ),
  password: fc.oneof(
    fc.constant('correct horse battery'),
    fc.string({ minLength: 8, maxLength: 128, unit: 'grapheme' }),
  ),
  currentPassword: fc.constant('correct horse battery'),
  from: dates,
  to: dates,
  date: dates,
  opens: times,
  closes: times,
  price: fc.oneof(
    fc.constant(0.0038),
    fc.integer({ min: 1, max: 2_100_000_000 }).map((satoshi) => satoshi / 1e8),
  ),
  image: fc.constantFrom('pizza9.png', '/pictures/veggie.webp', 'https://pictures.example.com/a.png?b=c'),
  timeZone: fc.constantFrom('UTC', 'America/Denver', 'Asia/Kathmandu', '+05:30'),
};

function texts(bounds: { minLength: number | null; maxLength: number | null }): fc.Arbitrary<string> {
  const minLength = bounds.minLength ?? 0;
  return fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.max(minLength, Math.min(bounds.maxLength ?? 40, 40)),
  });
}

function numbers(schema: z.ZodNumber): fc.Arbitrary<number> {
  const min = Math.max(Math.ceil(schema.minValue ?? -1000), -2_147_483_648);
  const max = Math.min(schema.maxValue ?? 1000, 2_147_483_647);
  return schema.isInt ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
}

function objects(schema: z.ZodObject): fc.Arbitrary<unknown> {
  const shape = schema.shape as Record<string, z.ZodType>;
  const fields = Object.entries(shape).map(([name, field]) => [name, HINTS[name] ?? valuesOf(field)]);
  const requiredKeys = Object.keys(shape).filter((name) => !shape[name]?.safeParse(undefined).success);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys });
}

/** Values of the form a schema describes; its finer rules may still refuse some. */
export function valuesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return objects(schema);
  if (schema instanceof z.ZodArray) {
    return fc.array(valuesOf(schema.element as z.ZodType), { minLength: 1, maxLength: 4 });
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return valuesOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodNullable) return fc.option(valuesOf(schema.unwrap() as z.ZodType));
  if (schema instanceof z.ZodPipe) return valuesOf(schema.in as z.ZodType);
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => valuesOf(option as z.ZodType)));
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) {
    return fc.constantFrom(...(schema instanceof z.ZodEnum ? schema.options : schema.values));
  }
  if (schema instanceof z.ZodRecord) {
    return fc.dictionary(
      valuesOf(schema.keyType as z.ZodType) as fc.Arbitrary<string>,
      valuesOf(schema.valueType as z.ZodType),
      {
        maxKeys: 4,
      },
    );
  }
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return numbers(schema);
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return texts(schema);
  return fc.jsonValue();
}

/** The value of a path or query parameter that its declaration would take. */
export function parameterValues(name: string, schema: z.ZodType): fc.Arbitrary<unknown> {
  return HINTS[name] ?? valuesOf(schema);
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Has the key as an own one, also where plain assignment would set the prototype. */
export function withKey(target: object, key: string, value: unknown): object {
  return Object.defineProperty({ ...target }, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

export const HOSTILE_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '01',
  '1e3',
  '+1',
  '0x10',
  '2147483648',
  '9'.repeat(30),
  'NaN',
  'Infinity',
  'null',
  'true',
  '[object Object]',
  '*',
  '%',
  '_%\\',
  "' OR 1=1 -- ",
  '"; drop table users; --',
  "1' union select 1, 2 -- ",
  '`; sleep(5); #',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '=cmd|calc',
  '#{7*7}',
  '{{7*7}}',
  'a\r\nset-cookie: a=b',
  'nul\u0000l',
  '\u202eright to left',
  '\ud800',
  '\udc00\ud800',
  '\ufeffmark',
  'İstanbul ﬀ ẞ',
  'e\u0301'.repeat(60),
  '👨‍👩‍👧‍👦'.repeat(20),
  'x'.repeat(256),
  'x'.repeat(5_000),
] as const;

const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e308,
  -1e308,
  5e-324,
  0.123456789,
  2 ** 31,
  2 ** 53,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [null],
  [[]],
  [1, 2],
  { $gt: '' },
  { toString: 'no function', valueOf: 1, length: -1 },
  withKey({}, '__proto__', { roles: [{ role: 'admin' }], isAdmin: true }),
  { constructor: { prototype: { isAdmin: true } } },
  nested(7),
  nested(9),
  nested(2_000),
  Array.from({ length: 1_000 }, () => 1),
];

export const hostileTexts = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileTexts },
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_VALUES) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constant('x'.repeat(70_000)) },
  { weight: 2, arbitrary: fc.jsonValue() },
);
