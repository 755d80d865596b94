import { z } from 'zod';
import { isWholeSatoshi } from './money.ts';

const LARGEST_ID = 2_147_483_647;

const ID_MESSAGE = 'must be an id (a positive integer)';
const positiveInteger = z.int().min(1, ID_MESSAGE).max(LARGEST_ID, ID_MESSAGE);

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
    { error: ID_MESSAGE },
  )
  .pipe(positiveInteger);

/** An integer in a query string. */
export function boundedInteger(options: { min: number; max: number; fallback: number }) {
  const message = `must be a whole number from ${options.min} to ${options.max}`;
  const bounded = z.int().min(options.min, message).max(options.max, message);
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
    .string('must be a text')
    .trim()
    .normalize('NFC')
    .min(min, min === 1 ? 'must not be empty' : `must have at least ${min} characters`)
    .max(max, `must have at most ${max} characters`)
    .regex(NO_CONTROL_CHARACTERS, 'must not hold control characters');
}

export const emailSchema = z
  .string('must be a text')
  .trim()
  .max(254, 'must have at most 254 characters')
  .pipe(z.email('must be an e-mail address'));

/** A price or total in ₿ with at most 8 decimals. */
export const bitcoinSchema = z
  .number('must be a number')
  .min(0, 'must not be negative')
  .max(21_000_000, 'must be at most 21000000')
  .refine(isWholeSatoshi, 'must have at most 8 decimals');

export const dateSchema = z.iso.datetime({ offset: false }).describe('ISO 8601, UTC');

/** A filter in which `*` stands for any text. */
export const wildcardSchema = lineOfText({ min: 1, max: 100 }).default('*');

export const messageSchema = z.object({ message: z.string() });

/** S7: a picture is a path of our own or an https address; nothing that a browser would run. */
export const pictureSchema = z
  .string('must be a text')
  .trim()
  .max(500, 'must have at most 500 characters')
  .refine(isPicture, 'must be a relative path or an https address');

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
