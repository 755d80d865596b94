export const PERIODS = ['1', '7', '30', '365', 'own'] as const;
export type PeriodName = (typeof PERIODS)[number];

/** Days of each store by its own clock, both included. */
export interface Period {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

const utcDay = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
const daysBefore = (day: string, count: number): string => utcDay(Date.parse(day) - count * DAY_MS);

function dayIn(timeZone: string, moment: number): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, ...parts }).format(moment);
  } catch {
    // A zone that this browser does not know.
    return utcDay(moment);
  }
}

/** Today in each of these zones: two days at times, when the stores are far apart. */
export function todayIn(timeZones: readonly string[], now: number = Date.now()): Period {
  const days = timeZones.length > 0 ? timeZones.map((zone) => dayIn(zone, now)).sort() : [utcDay(now)];
  return { from: days[0] as string, to: days.at(-1) as string };
}

/** The last days up to today, which leave no store's today out. */
export function lastDays(count: number, { from, to }: Period): Period {
  return { from: daysBefore(from, count - 1), to };
}

const YEAR_DAYS = 365;

/**
 * The last 365 days, cut at the ends of months, the oldest first: thirteen parts, of which the outer two are shorter, or
 * twelve whole ones on the last day of a month.
 */
export function partsOfYear(today: Period): Period[] {
  const { from, to } = lastDays(YEAR_DAYS, today);
  const parts: Period[] = [];
  for (let first = from; first <= to; ) {
    const [year = 0, month = 1] = first.split('-').map(Number);
    const next = utcDay(Date.UTC(year, month, 1));
    const last = daysBefore(next, 1);
    parts.push({ from: first, to: last < to ? last : to });
    first = next;
  }
  return parts;
}
