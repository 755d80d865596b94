const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

type Unit = 'millisecond' | 'second' | 'minute' | 'hour';

function say(value: number, unit: Unit, locale: string | undefined, digits = 0): string {
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(locale, style).format(value);
}

/** `980 ms`, `4.8 sec`, `2 min 5 sec`, `3 hr 12 min`: as exact as a person wants to know. */
export function formatDuration(ms: number, locale?: string): string {
  if (ms < SECOND_MS) return say(Math.round(ms), 'millisecond', locale);
  if (ms < 9.95 * SECOND_MS) return say(ms / SECOND_MS, 'second', locale, 1);
  const seconds = Math.round(ms / SECOND_MS);
  if (seconds < 60) return say(seconds, 'second', locale);
  const [large, small, inLarge, inSmall]: [Unit, Unit, number, number] =
    seconds < HOUR_MS / SECOND_MS
      ? ['minute', 'second', MINUTE_MS, SECOND_MS]
      : ['hour', 'minute', HOUR_MS, MINUTE_MS];
  const whole = Math.floor((seconds * SECOND_MS) / inLarge);
  const rest = Math.floor(((seconds * SECOND_MS) % inLarge) / inSmall);
  return rest === 0 ? say(whole, large, locale) : `${say(whole, large, locale)} ${say(rest, small, locale)}`;
}

/** `18:04:09`, in the reader's time zone. */
export function formatClock(iso: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(new Date(iso));
}
