import type { OpeningHours } from '#contract/opening-hours.ts';
import { localTime } from '../../local-time.ts';

export interface StoreSchedule {
  timeZone: string;
  openingHours: OpeningHours | null;
  pausedUntil: Date | null;
  archivedAt: Date | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

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
