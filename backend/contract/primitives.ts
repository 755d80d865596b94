import { z } from 'zod';
import { issueText } from './field-errors.ts';
import { isWholeSatoshi } from './money.ts';

const LARGEST_ID = 2_147_483_647;

const NOT_ID = issueText('not_id');
const positiveInteger = z.int().min(1, NOT_ID).max(LARGEST_ID, NOT_ID);

/** An id: a positive integer; clients of old send a string of digits, which is taken too. */
export const idSchema = z
  .union(
    [
      positiveInteger,
      z
        .string()
        .regex(/^\d{1,10}$/)
        .transform(Number),
    ],
    { error: NOT_ID },
  )
  .pipe(positiveInteger);

/** An integer in a query string. */
export function boundedInteger(options: { min: number; max: number; fallback: number }) {
  const { min, max } = options;
  const message = issueText('not_between', { min, max });
  const bounded = z.int().min(min, message).max(max, message);
  return z
    .union(
      [
        bounded,
        z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      ],
      { error: message },
    )
    .pipe(bounded)
    .default(options.fallback);
}

// Control characters could forge log lines and break layouts; line feeds are of no use in any of our one-line fields.
const NO_CONTROL_CHARACTERS = /^[^\p{Cc}\u2028\u2029\p{Cs}]*$/u;

/** One line of text, trimmed and in Unicode normal form C. */
export function lineOfText(options: { min?: number; max: number }) {
  const { min = 1, max } = options;
  return z
    .string(issueText('not_text'))
    .trim()
    .normalize('NFC')
    .min(min, min === 1 ? issueText('empty') : issueText('too_short', { count: min }))
    .max(max, issueText('too_long', { count: max }))
    .regex(NO_CONTROL_CHARACTERS, issueText('control_characters'));
}

export const emailSchema = z
  .string(issueText('not_text'))
  .trim()
  .max(254, issueText('too_long', { count: 254 }))
  .pipe(z.email(issueText('not_email')));

/** A price or total in ₿ with at most 8 decimals. */
export const bitcoinSchema = z
  .number(issueText('not_number'))
  .min(0, issueText('negative'))
  .max(21_000_000, issueText('too_much', { max: 21_000_000 }))
  .refine(isWholeSatoshi, issueText('too_many_decimals', { count: 8 }));

export const dateSchema = z.iso.datetime({ offset: false }).describe('ISO 8601, UTC');

/** A filter in which `*` stands for any text. */
export const wildcardSchema = lineOfText({ min: 1, max: 100 }).default('*');

export const messageSchema = z.object({ message: z.string() });

/** S7: a picture is a path of our own or an https address; nothing that a browser would run. */
export const pictureSchema = z
  .string(issueText('not_text'))
  .trim()
  .max(500, issueText('too_long', { count: 500 }))
  .refine(isPicture, issueText('not_picture'));

function isPicture(text: string): boolean {
  if (/^\/?[\w-]+([./][\w-]+)*$/.test(text)) return true;
  if (!/^https:\/\/[^\s"'<>\\]+$/.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** Page number and size of a list that counts from 1. */
export const pageQuery = {
  page: boundedInteger({ min: 1, max: 1_000_000, fallback: 1 }),
  limit: boundedInteger({ min: 1, max: 100, fallback: 10 }),
};
