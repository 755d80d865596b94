import { z } from 'zod';

const time = z.string('must be a time').regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must look like 09:30');
const interval = z.object({ opens: time, closes: time.describe('Before `opens`: on the next day') });
const intervals = z.array(interval, 'must be a list').max(6, 'must have at most 6 entries');

/** Hours of a week by the store's own clock. A weekday that is absent is closed; no hours at all means always open. */
export const openingHoursSchema = z
  .object({
    weekdays: z
      .partialRecord(z.enum(['0', '1', '2', '3', '4', '5', '6']), intervals)
      .describe('Intervals by weekday; 0 is Sunday'),
    exceptions: z
      .array(z.object({ date: z.iso.date('must look like 2026-12-24'), intervals }))
      .max(100, 'must have at most 100 entries')
      .optional()
      .describe('Days that differ; an empty list is closed all day'),
  })
  .meta({ id: 'OpeningHours' });
export type OpeningHours = z.output<typeof openingHoursSchema>;

export const timeZoneSchema = z
  .string('must be a text')
  .max(64, 'must have at most 64 characters')
  .refine(isTimeZone, 'must be a time zone, like America/Denver');

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
