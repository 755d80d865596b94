const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
// From here on a tenth of a second is no news; up to here 9.96 s would read as 10.0 s.
const TENTHS_BELOW_MS = 9_950;

type Units = Partial<Record<'hours' | 'minutes' | 'seconds' | 'milliseconds', number>>;

/** The two largest units that say something, and how they are written. */
function partsOf(ms: number): [units: Units, options: Intl.DurationFormatOptions] {
  const whole = Math.round(ms);
  if (whole < SECOND_MS) return [{ milliseconds: whole }, { millisecondsDisplay: 'always' }];
  if (whole < TENTHS_BELOW_MS) {
    const tenths = Math.round(whole / 100);
    const units = { seconds: Math.floor(tenths / 10), milliseconds: (tenths % 10) * 100 };
    return [units, { milliseconds: 'numeric', fractionalDigits: tenths % 10 === 0 ? 0 : 1 }];
  }
  const seconds = Math.round(whole / SECOND_MS);
  if (seconds < HOUR_S) return [{ minutes: Math.floor(seconds / MINUTE_S), seconds: seconds % MINUTE_S }, {}];
  return [{ hours: Math.floor(seconds / HOUR_S), minutes: Math.floor((seconds % HOUR_S) / MINUTE_S) }, {}];
}

/** `980 ms`, `4.8 sec`, `2 min, 5 sec`, `3 hr, 12 min`: as exact as a person wants to know. */
export function formatDuration(ms: number, locale?: string): string {
  // Browsers have it since March 2025; one without shows the plain number.
  if (!('DurationFormat' in Intl)) return `${Math.round(ms / SECOND_MS)} s`;
  const [units, options] = partsOf(ms);
  return new Intl.DurationFormat(locale, { style: 'short', ...options }).format(units);
}

/** `18:04:09`, in the reader's time zone. */
export function formatClock(iso: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(new Date(iso));
}
