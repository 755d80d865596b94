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

/** The months of a year up to a moment, each as the days of it that are over or under way, the oldest first. */
export function monthsOfYear(now: number = Date.now()): Period[] {
  const today = dayOf(now);
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: 12 }, (_, index) => {
    const first = Date.UTC(year, month - 12 + index, 1);
    const last = dayOf(Date.UTC(year, month - 11 + index, 1) - DAY_MS);
    return { from: dayOf(first), to: last < today ? last : today };
  });
}
