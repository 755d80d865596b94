import type { OpeningHours } from '#contract/opening-hours.ts';

export interface StoreSchedule {
  timeZone: string;
  openingHours: OpeningHours | null;
  pausedUntil: Date | null;
  archivedAt: Date | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

// Making a format takes longer than all that is done with it; there are some 600 zones.
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 1_000;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(timeZone, format);
  return format;
}

/** A moment on a store's own clock: its date (`2026-11-23`) and time (`18:05`). */
export function localTime(moment: Date, timeZone: string): { date: string; clock: string } {
  const format = formatOf(timeZone);
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    clock: `${parts.get('hour')}:${parts.get('minute')}`,
  };
}

/** The intervals of a date: those of its exception when there is one, else of its weekday. */
export function intervalsOf(hours: OpeningHours, date: string) {
  const exception = hours.exceptions?.find((candidate) => candidate.date === date);
  if (exception) return exception.intervals;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return hours.weekdays[String(weekday) as '0'] ?? [];
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

/** Whether a store takes orders at a moment, by its own clock. Hours past midnight belong to the evening they began. */
export function isStoreOpen(store: StoreSchedule, now: Date): boolean {
  if (store.archivedAt !== null) return false;
  if (store.pausedUntil !== null && store.pausedUntil > now) return false;
  if (store.openingHours === null) return true;
  const { date, clock } = localTime(now, store.timeZone);
  const isInToday = intervalsOf(store.openingHours, date).some(({ opens, closes }) =>
    closes > opens ? clock >= opens && clock < closes : clock >= opens,
  );
  const isInYesterday = intervalsOf(store.openingHours, dayBefore(date)).some(
    ({ opens, closes }) => closes <= opens && clock < closes,
  );
  return isInToday || isInYesterday;
}
