import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { fieldError, issueText, readIssueText } from './field-errors.ts';

it('what a check says is wrong arrives with its code, its params and the sentence', () => {
  const { error } = z
    .string()
    .min(8, issueText('too_short', { count: 8 }))
    .safeParse('pizza');
  expect(readIssueText('name', error?.issues[0]?.message ?? '')).toEqual({
    path: 'name',
    code: 'too_short',
    params: { count: 8 },
    message: 'must have at least 8 characters',
  });
});

it('a check without a code of its own is told as invalid, in the words of zod', () => {
  const { error } = z.string().safeParse(1);
  const [{ message } = { message: '' }] = error?.issues ?? [];
  expect(readIssueText('name', message)).toEqual({ path: 'name', code: 'invalid', message });
});

it('a code without params has none on the wire', () => {
  expect(JSON.parse(JSON.stringify(fieldError('email', 'taken')))).toEqual({
    path: 'email',
    code: 'taken',
    message: 'is taken',
  });
});
