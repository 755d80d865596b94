import { ApiError, NetworkError } from './api-error.ts';
import type { Texts } from './texts.ts';

interface ErrorTexts {
  offline: string;
  unavailable: string;
  tooMany: (seconds: number | undefined) => string;
  forbidden: string;
  unexpected: (requestId: string) => string;
}

export const errorTexts: Texts<ErrorTexts> = {
  en: {
    offline: 'We cannot reach the kitchen. Check your connection; nothing is lost.',
    unavailable: 'The kitchen needs a short breather. Please try again in a moment.',
    tooMany: (seconds) =>
      seconds === undefined
        ? 'That was a lot at once. Take a breath and try again in a minute.'
        : `That was a lot at once. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    forbidden: 'Your account may not do this.',
    unexpected: (requestId) =>
      `Something burnt on our side, not on yours. Please try again.${requestId ? ` If you tell us about it, mention ${requestId}.` : ''}`,
  },
};

/** Answers a sentence for people: what happened and what to do. Never the raw error. */
export function describeError(error: unknown, texts: ErrorTexts): string {
  if (error instanceof NetworkError) return texts.offline;
  if (!(error instanceof ApiError)) return texts.unexpected('');
  switch (error.problem.code) {
    case 'too_many_requests':
      return texts.tooMany(error.retryAfterSeconds);
    case 'unavailable':
      return texts.unavailable;
    case 'forbidden':
    case 'foreign_origin':
      return texts.forbidden;
    default:
      return texts.unexpected(error.problem.requestId);
  }
}

const sentence = (message: string) => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

/** Answers the message for each wrong field, by the field's path. */
export function fieldErrorsOf(error: unknown): Partial<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    (error.problem.errors ?? []).map(({ path, message }) => [path, sentence(message)]),
  );
}
