const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** A zone that this browser does not know is the reader's own. */
function formatter(
  locale: string,
  options: Intl.DateTimeFormatOptions,
  timeZone?: string,
): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, ...(timeZone !== undefined && { timeZone }) });
  } catch {
    return new Intl.DateTimeFormat(locale, options);
  }
}

/** `Mountain Time`; the zone's own name where the browser has no words for it. */
export function zoneName(timeZone: string, locale: string, at: number = Date.now()): string {
  const named = (timeZoneName: 'longGeneric' | 'long') =>
    formatter(locale, { timeZoneName }, timeZone)
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value;
  try {
    const generic = named('longGeneric') ?? timeZone;
    // What has no summer time has no generic name, UTC among them.
    return generic.startsWith('GMT') ? (named('long') ?? generic) : generic;
  } catch {
    return timeZone;
  }
}

/** Whether clocks in the zone show another time than the reader's. */
export function isForeignZone(timeZone: string, at: number = Date.now()): boolean {
  const clock = { dateStyle: 'short', timeStyle: 'short' } as const;
  return formatter('en', clock, timeZone).format(at) !== formatter('en', clock).format(at);
}

export interface ZonedTime {
  /** `11:00`, or `11:00 (Mountain Time)` where that is not the reader's own. */
  clock: string;
  /** The hour as it is written, which languages agree with. */
  hour: number;
  /** `today`, `tomorrow`, or the name of a day: the weekday within a week, the date after. */
  day: string;
}

/** A moment as the clocks of a zone show it. */
export function zonedTime(iso: string, timeZone: string | undefined, locale: string, now: number): ZonedTime {
  const at = Date.parse(iso);
  const time = formatter(locale, { hour: 'numeric', minute: '2-digit' }, timeZone);
  const date = formatter('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }, timeZone);
  const daysAhead = Math.round((Date.parse(date.format(at)) - Date.parse(date.format(now))) / DAY_MS);
  const named = formatter(
    locale,
    daysAhead < WEEK_DAYS ? { weekday: 'long' } : { day: 'numeric', month: 'long' },
    timeZone,
  );
  const isForeign = timeZone !== undefined && isForeignZone(timeZone, at);
  return {
    clock: isForeign ? `${time.format(at)} (${zoneName(timeZone, locale, at)})` : time.format(at),
    hour: Number(time.formatToParts(at).find(({ type }) => type === 'hour')?.value ?? 0),
    day: daysAhead <= 0 ? 'today' : daysAhead === 1 ? 'tomorrow' : named.format(at),
  };
}
