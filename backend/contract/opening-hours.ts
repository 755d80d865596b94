import { z } from 'zod';
import { issueText } from './field-errors.ts';

const time = z
  .string(issueText('not_time'))
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, issueText('not_like', { example: '09:30' }));
const interval = z.object({ opens: time, closes: time.describe('Before `opens`: on the next day') });
const intervals = z
  .array(interval, issueText('not_list'))
  .max(6, issueText('too_many_entries', { count: 6 }));

/** Hours of a week by the store's own clock. A weekday that is absent is closed; no hours at all means always open. */
export const openingHoursSchema = z
  .object({
    weekdays: z
      .partialRecord(z.enum(['0', '1', '2', '3', '4', '5', '6']), intervals)
      .describe('Intervals by weekday; 0 is Sunday'),
    exceptions: z
      .array(z.object({ date: z.iso.date(issueText('not_like', { example: '2026-12-24' })), intervals }))
      .max(100, issueText('too_many_entries', { count: 100 }))
      .optional()
      .describe('Days that differ; an empty list is closed all day'),
  })
  .meta({ id: 'OpeningHours' });
export type OpeningHours = z.output<typeof openingHoursSchema>;

export const timeZoneSchema = z
  .string(issueText('not_text'))
  .max(64, issueText('too_long', { count: 64 }))
  .refine(isTimeZone, issueText('not_time_zone'));

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
