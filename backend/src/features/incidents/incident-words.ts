import type { ReportSpan } from '#contract/incident-reports.ts';
import { decimalFromSatoshi, type Satoshi } from '#contract/money.ts';
import { code } from './report-spans.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
// From here on a tenth of a second says nothing.
const TENTHS_UNTIL_MS = 9_950;
const MAX_QUOTED_CHARACTERS = 200;
// A key stands in a report URL behind one of these two.
const KEY_IN_URL = /(apiKey=|\/support\/)[^&/\s]+/gi;

function twoUnits(whole: number, size: number, big: string, small: string): string {
  const rest = whole % size;
  return `${Math.floor(whole / size)} ${big}${rest > 0 ? ` ${rest} ${small}` : ''}`;
}

/** A duration in the units a person would use: `43 ms`, `3.4 s`, `12 min 5 s`, `2 h 5 min`, `3 d 4 h`. */
export function durationOf(ms: number): string {
  // Two clocks may disagree by a little; nothing takes less than no time.
  const exact = Math.max(0, ms);
  if (Math.round(exact) < SECOND_MS) return `${Math.round(exact)} ms`;
  if (exact < TENTHS_UNTIL_MS) return `${Math.round(exact / 100) / 10} s`;
  const seconds = Math.round(exact / SECOND_MS);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return twoUnits(seconds, 60, 'min', 's');
  const minutes = Math.round(exact / MINUTE_MS);
  if (minutes < 1_440) return twoUnits(minutes, 60, 'h', 'min');
  return twoUnits(Math.round(exact / HOUR_MS), 24, 'd', 'h');
}

export function durationBetween(from: Date, to: Date): string {
  return durationOf(to.getTime() - from.getTime());
}

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The time of day, with its date when that is not the day of `begin`. */
export function timeOf(at: Date, begin: Date): string {
  const time = `${at.toISOString().slice(11, 19)} UTC`;
  return dayOf(at) === dayOf(begin) ? time : `${time} on ${dayOf(at)}`;
}

/** Date and time with milliseconds, for a table whose heading names UTC. */
export function stampOf(at: Date): string {
  return at.toISOString().replace('T', ' ').replace('Z', '');
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function timesOf(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${count} times`;
}

/** An amount with the decimals it has and no others. */
export function amountOf(satoshi: Satoshi): string {
  return `${decimalFromSatoshi(satoshi).replace(/\.?0+$/, '')} ₿`;
}

/**
 * A text of the outside world, set as code: whatever could be Markdown, HTML, the edge of a table or a trick of
 * Unicode is spelled out as its code point, and what looks like a key is masked.
 */
export function quoted(text: string): ReportSpan {
  const masked = text.replace(KEY_IN_URL, '$1...');
  const short =
    masked.length > MAX_QUOTED_CHARACTERS ? `${masked.slice(0, MAX_QUOTED_CHARACTERS)}...` : masked;
  const plain = short.replace(
    /[^A-Za-z0-9 .,:;/_@%+=?-]/gu,
    (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`,
  );
  return code(plain);
}
