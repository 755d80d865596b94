import { localDay } from '../../../local-time.ts';

const MINUTE_MS = 60_000;
const UTC = 'UTC';

/** When something was counted: its day, or the minute that its day follows from while it is not folded. */
export interface CountedAt {
  day: string | null;
  minute: string | number | null;
  timeZone: string | null;
}

/** The day by the store's own clock. A zone that this machine does not know counts as UTC, and stops nobody's figures. */
export function dayOf({ day, minute, timeZone }: CountedAt): string {
  if (day !== null) return day;
  const moment = new Date(Number(minute) * MINUTE_MS);
  try {
    return localDay(moment, timeZone ?? UTC);
  } catch {
    return localDay(moment, UTC);
  }
}
