import { z } from 'zod';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const interval = z.object({ opens: time, closes: time });

/** Weekday 0 is Sunday, as in JavaScript. A weekday that is absent is closed; no hours at all means always open. */
export const openingHoursSchema = z.object({
  weekdays: z.partialRecord(z.enum(['0', '1', '2', '3', '4', '5', '6']), z.array(interval)),
});
export type OpeningHours = z.output<typeof openingHoursSchema>;

interface StoreSchedule {
  timeZone: string;
  openingHours: OpeningHours | null;
  pausedUntil: Date | null;
  archivedAt: Date | null;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function localTime(now: Date, timeZone: string): { weekday: number; clock: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return { weekday: WEEKDAYS.indexOf(part('weekday')), clock: `${part('hour')}:${part('minute')}` };
}

/** Whether a store takes orders at a moment, by its own clock. Hours past midnight belong to the evening they began. */
export function isStoreOpen(store: StoreSchedule, now: Date): boolean {
  if (store.archivedAt !== null) return false;
  if (store.pausedUntil !== null && store.pausedUntil > now) return false;
  if (store.openingHours === null) return true;
  const { weekday, clock } = localTime(now, store.timeZone);
  const intervalsOf = (day: number) => store.openingHours?.weekdays[String(day) as '0'] ?? [];
  const isInToday = intervalsOf(weekday).some(({ opens, closes }) =>
    closes > opens ? clock >= opens && clock < closes : clock >= opens,
  );
  const isInYesterday = intervalsOf((weekday + 6) % 7).some(
    ({ opens, closes }) => closes <= opens && clock < closes,
  );
  return isInToday || isInYesterday;
}
