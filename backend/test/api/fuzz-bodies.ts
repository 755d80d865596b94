import fc from 'fast-check';
import type { z } from 'zod';
import { hostileValues, RowRef, valuesOf, withKey } from './fuzz-values.ts';

/** What is sent as the body: a value to be written as JSON, or a text as it is. */
export type FuzzBody = { value: unknown } | { text: string } | undefined;

type Mutation =
  | { kind: 'remove'; place: number }
  | { kind: 'replace'; place: number; by: unknown }
  | { kind: 'wrap'; place: number }
  | { kind: 'add'; place: number; key: string; by: unknown };

const ADDED_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'id',
  'roles',
  'price',
  'status',
  'total',
  'dinerId',
  'toString',
  '',
];

const places = fc.nat(50);
const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('remove' as const), place: places }),
  fc.record({ kind: fc.constant('replace' as const), place: places, by: hostileValues }),
  fc.record({ kind: fc.constant('wrap' as const), place: places }),
  fc.record({
    kind: fc.constant('add' as const),
    place: places,
    key: fc.constantFrom(...ADDED_KEYS),
    by: hostileValues,
  }),
);

type Path = readonly (string | number)[];

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof RowRef);
}

/** Every place within a value, its root first. */
function pathsOf(value: unknown, here: Path = []): Path[] {
  if (!isContainer(value) || here.length > 6) return [here];
  return [here, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...here, key]))];
}

const REMOVED = Symbol('removed');

function changeAt(value: unknown, path: Path, change: (part: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (!isContainer(value)) return value;
  const changed = changeAt((value as Record<string | number, unknown>)[key], rest, change);
  if (Array.isArray(value)) {
    const copy: unknown[] = [...value];
    if (changed === REMOVED) copy.splice(Number(key), 1);
    else copy[Number(key)] = changed;
    return copy;
  }
  if (changed !== REMOVED) return withKey(value, String(key), changed);
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function mutate(value: unknown, mutation: Mutation): unknown {
  const paths = pathsOf(value);
  const path = paths[mutation.place % paths.length] ?? [];
  return changeAt(value, path, (part) => {
    switch (mutation.kind) {
      case 'remove':
        return path.length === 0 ? {} : REMOVED;
      case 'replace':
        return mutation.by;
      case 'wrap':
        return [part];
      case 'add':
        return isContainer(part) && !Array.isArray(part)
          ? withKey(part, mutation.key, mutation.by)
          : mutation.by;
    }
  });
}

const MALFORMED = [
  '{',
  '{"a":1',
  '[1,2',
  'nul',
  '{"a":NaN}',
  "{'a':1}",
  '{"a":1}{"b":2}',
  '{"a":01}',
  '"\\ud800"',
  '"\u0000"',
  '\ufeff{}',
  '{"__proto__":{"a":1}}',
  '{"email":"a@example.com","email":[],"name":{},"name":1}',
  '{"a":1e999}',
  '[',
  '   ',
  'null',
  '1',
  '"text"',
  '['.repeat(5_000),
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `{"name":"${'y'.repeat(70_000)}"}`,
];

/** Replaces what stands for a row by what it is; keeps own keys of every name. */
export function resolveRows(value: unknown, rows: Record<string, unknown>): unknown {
  if (value instanceof RowRef) return rows[value.row];
  if (Array.isArray(value)) return value.map((part) => resolveRows(part, rows));
  if (!isContainer(value)) return value;
  return Object.entries(value).reduce((copy, [key, part]) => withKey(copy, key, resolveRows(part, rows)), {});
}

const ANY_ROWS = { menuIds: [1], email: 'a@example.com', jwt: 'a.b.c' };
const standIns: Record<string, unknown> = new Proxy(ANY_ROWS, {
  get: (rows, name) => Reflect.get(rows, name) ?? 1,
});

/** Bodies for an endpoint: right ones, nearly right ones, and such as are no JSON at all. */
export function bodiesOf(schema: z.ZodObject | undefined, example: unknown): fc.Arbitrary<FuzzBody> {
  const texts = fc.constantFrom(...MALFORMED).map((text) => ({ text }));
  if (!schema)
    return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: texts });
  // Where chance misses a finer rule the endpoint's own example stands in.
  const right = valuesOf(schema).map((value) =>
    schema.safeParse(resolveRows(value, standIns)).success ? value : example,
  );
  const wrong = fc
    .tuple(right, fc.array(mutations, { minLength: 1, maxLength: 3 }))
    .map(([value, steps]) => steps.reduce(mutate, value));
  return fc.oneof(
    { weight: 8, arbitrary: right.map((value) => ({ value })) },
    { weight: 10, arbitrary: wrong.map((value) => ({ value })) },
    { weight: 2, arbitrary: texts },
    { weight: 1, arbitrary: hostileValues.map((value) => ({ value })) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}
