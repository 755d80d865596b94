export const PERIODS = ['1', '7', '30', '365', 'own'] as const;
export type PeriodName = (typeof PERIODS)[number];

/** UTC days, both included. */
export interface Period {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

export const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

/** The last days up to today, by the clock the figures are kept by. */
export function lastDays(count: number, now: number = Date.now()): Period {
  return { from: dayOf(now - (count - 1) * DAY_MS), to: dayOf(now) };
}

const YEAR_DAYS = 365;

/** The last 365 days, cut at the ends of months, the oldest first: thirteen parts, of which the outer two are shorter. */
export function partsOfYear(now: number = Date.now()): Period[] {
  const { from, to } = lastDays(YEAR_DAYS, now);
  const parts: Period[] = [];
  for (let first = from; first <= to; ) {
    const [year = 0, month = 1] = first.split('-').map(Number);
    const next = dayOf(Date.UTC(year, month, 1));
    const last = dayOf(Date.parse(next) - DAY_MS);
    parts.push({ from: first, to: last < to ? last : to });
    first = next;
  }
  return parts;
}
