import type { TextsOf } from './texts.ts';

type FieldTexts = TextsOf<'errors'>['fields'];

/** What the service says of a field (backend/contract/primitives.ts) and our own words for it. */
const known: readonly [pattern: RegExp, say: (texts: FieldTexts, count: number) => string][] = [
  [/^is required$/, (texts) => texts.required],
  [/^must not be empty$/, (texts) => texts.empty],
  [/^must not be blank$/, (texts) => texts.blank],
  [/^must be a text$/, (texts) => texts.text],
  [/^must be an e-mail address$/, (texts) => texts.email],
  [/^must have at least (\d+) characters$/, (texts, count) => texts.tooShort({ count })],
  [/^must have at most (\d+) characters$/, (texts, count) => texts.tooLong({ count })],
  [/^must not hold control characters$/, (texts) => texts.controlCharacters],
  [/^is one of the commonest: choose another$/, (texts) => texts.commonPassword],
  [/^is taken$/, (texts) => texts.taken],
  [/^is wrong$/, (texts) => texts.wrong],
  [/^has no account$/, (texts) => texts.noAccount],
  [/^must be a relative path or an https address$/, (texts) => texts.picture],
  [/^must be at most (\d+)$/, (texts, count) => texts.tooMuch({ count })],
];

const sentence = (message: string) => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

/** Answers a field's message in the reader's language; one we do not know as the service says it. */
export function fieldText(message: string, texts: FieldTexts): string {
  for (const [pattern, say] of known) {
    const match = pattern.exec(message);
    if (match) return say(texts, Number(match[1]));
  }
  return sentence(message);
}
