import { expect, it } from '@jest/globals';
import { createBoundedList } from './bounded-list.ts';

const bounds = { maxCount: 3, maxWeight: 10, weigh: (entry: string) => entry.length };

it('a list with too many entries keeps the newest, in order', () => {
  const list = createBoundedList(bounds);
  for (let number = 1; number <= 100; number += 1) list.add(String(number % 10));
  expect(list.entries()).toEqual(['8', '9', '0']);
});

it('a list that weighs too much forgets its oldest entries', () => {
  const list = createBoundedList(bounds);
  for (const entry of ['aaaa', 'bbbb', 'cccc']) list.add(entry);
  expect(list.entries()).toEqual(['bbbb', 'cccc']);
});

it('an entry too heavy by itself is not kept, and the next one is', () => {
  const list = createBoundedList(bounds);
  list.add('a'.repeat(11));
  expect(list.entries()).toEqual([]);
  list.add('b');
  expect(list.entries()).toEqual(['b']);
});

it('a cleared list has room for as much as a new one', () => {
  const list = createBoundedList(bounds);
  list.add('a'.repeat(10));
  list.clear();
  list.add('b'.repeat(10));
  expect(list.entries()).toEqual(['b'.repeat(10)]);
});
