import { expect, it } from '@jest/globals';
import { changedFields, hasFields } from './changed-fields.ts';

const before = { name: 'SLC', hours: { weekdays: { 1: [{ opens: '11:00', closes: '22:00' }] } }, note: null };

it('what was given another value is sent, and nothing else', () => {
  const hours = { weekdays: { 1: [{ opens: '12:00', closes: '22:00' }] } };
  expect(changedFields<object>(before, { ...before, hours })).toEqual({ hours });
  expect(changedFields<object>(before, { ...before, hours: null, name: '' })).toEqual({
    hours: null,
    name: '',
  });
});

it('what was written anew as it was is no change', () => {
  expect(changedFields(before, JSON.parse(JSON.stringify(before)))).toEqual({});
  expect([hasFields({}), hasFields({ hours: null })]).toEqual([false, true]);
});
