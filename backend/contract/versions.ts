import { z } from 'zod';
import { issueText } from './field-errors.ts';

/** What grows with every change of a thing, so that an editor can say which state of it they had before them. */
export const versionSchema = z.int().describe('Grows with every change; name it when you change this');

/** Both are optional, and a client that sends neither changes what it names, whatever was changed meanwhile. */
export const expectedVersion = {
  headers: z.object({
    'if-match': z
      .string()
      .max(200, issueText('too_long', { count: 200 }))
      .optional()
      .describe('The `version` the change was made from, like `"3"` (RFC 9110); `*` is any'),
  }),
  body: {
    version: z
      .int(issueText('not_whole_number'))
      .min(1, issueText('too_little', { min: 1 }))
      .optional()
      .describe('The same as `If-Match`: an older one is answered 412 with the state of now'),
  },
};
