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

// They could forge log lines and break layouts, and come along with what is pasted: nobody sees them to take them out.
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
// They turn around what stands after them, also what is not of this text.
const DIRECTION_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;
// Half a character, which no database stores.
const NO_BROKEN_CHARACTERS = /^\P{Cs}*$/u;
// The blank of Braille is a symbol by its class, and the one of them that nobody sees.
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

function toOneLine(text: string): string {
  return text.replace(BREAKS, ' ').replace(DIRECTION_OVERRIDES, '').trim().normalize('NFC');
}

/**
 * One line of text, trimmed and in Unicode normal form C. What cannot be seen is taken out or refused: a name of
 * nothing visible cannot be told from another.
 */
export function lineOfText(options: { min?: number; max: number }) {
  const { min = 1, max } = options;
  return z
    .string(issueText('not_text'))
    .overwrite(toOneLine)
    .min(min, min === 1 ? issueText('empty') : issueText('too_short', { count: min }))
    .max(max, issueText('too_long', { count: max }))
    .regex(NO_BROKEN_CHARACTERS, issueText('control_characters'))
    .refine((text) => text === '' || VISIBLE.test(text), issueText('blank'));
}

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

const LAST_PAGE = 1_000_000;

/** Number of a page, from 1. Clients that count from 0 mean the first one. */
const pageNumber = boundedInteger({ min: 0, max: LAST_PAGE, fallback: 1 }).transform((page) =>
  Math.max(1, page),
);

const NOT_PAGE = issueText('not_between', { min: 0, max: LAST_PAGE });

/** As above, for lists that tell the page as the client sent it: a text stays a text. */
export const echoedPage = z
  .union([z.int(), z.string().regex(/^\d{1,9}$/)], { error: NOT_PAGE })
  .refine((sent) => Number(sent) >= 0 && Number(sent) <= LAST_PAGE, NOT_PAGE)
  .default(1)
  .transform((sent) => ({ sent, number: Math.max(1, Number(sent)) }));

/** Page number and size of a list that counts from 1. */
export const pageQuery = {
  page: pageNumber,
  limit: boundedInteger({ min: 1, max: 100, fallback: 10 }),
};
