const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
// No clock on earth is further ahead of UTC, or behind it.
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;
const FURTHEST_BEHIND_MS = 12 * HOUR_MS;

// Making a format takes longer than using it a hundred times, and there are only so many zones.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
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
  formats.set(timeZone, format);
  return format;
}

/** A moment on the clock of a time zone: its date (`2026-11-23`) and time (`18:05`). */
export function localTime(moment: Date, timeZone: string): { date: string; clock: string } {
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`,
    clock: `${parts.get('hour')}:${parts.get('minute')}`,
  };
}

export const localDay = (moment: Date, timeZone: string): string => localTime(moment, timeZone).date;

/** The first minute about this time of which something is true that stays true from then on. */
function firstMinute(aboutMs: number, isTrue: (moment: Date) => boolean): Date {
  let beforeMs = aboutMs - FURTHEST_AHEAD_MS - MINUTE_MS;
  let firstMs = aboutMs + FURTHEST_BEHIND_MS;
  while (firstMs - beforeMs > MINUTE_MS) {
    const middleMs = beforeMs + Math.floor((firstMs - beforeMs) / 2 / MINUTE_MS) * MINUTE_MS;
    if (isTrue(new Date(middleMs))) firstMs = middleMs;
    else beforeMs = middleMs;
  }
  return new Date(firstMs);
}

/**
 * When a day begins in a time zone and when it is over. Both are searched for, because no arithmetic knows them: where
 * a clock is put forward at midnight the day begins at one.
 */
export function boundsOfDay(day: string, timeZone: string): { start: Date; end: Date } {
  const midnightMs = Date.parse(`${day}T00:00:00Z`);
  return {
    start: firstMinute(midnightMs, (moment) => localDay(moment, timeZone) >= day),
    end: firstMinute(midnightMs + DAY_MS, (moment) => localDay(moment, timeZone) > day),
  };
}
