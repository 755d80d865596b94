import { localTime } from '../../local-time.ts';
import { intervalsOf, isStoreOpen, type StoreSchedule } from './opening-hours.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
// Exceptions are written for this year and the next; a store that stays closed longer than that opens "never".
const FARTHEST_DAYS = 400;
// Wide enough for every zone, and for hours that go on after midnight.
const DAYS_OF_ONE_LOOK = 3;
// A store that is paused until it is reopened opens in the year 9999, which is never.
const NEVER = Date.parse('9999-01-01T00:00:00Z');

/** How far a zone's clock is ahead of UTC at a moment. */
function offsetMs(at: number, timeZone: string): number {
  const { date, clock } = localTime(new Date(at), timeZone);
  return Date.parse(`${date}T${clock}:00Z`) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/** The moment between two at which a zone's clock jumps from one offset to another, to the minute. */
function findJump(from: number, to: number, timeZone: string): number {
  const before = offsetMs(from, timeZone);
  let [early, late] = [from, to];
  while (late - early > MINUTE_MS) {
    const middle = Math.floor((early + late) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetMs(middle, timeZone) === before) early = middle;
    else late = middle;
  }
  return late;
}

/**
 * The moments of a date at which a store may open or close: when its clock shows the hours of that day, and when the
 * clock itself is set. A time that a clock shows twice is two moments, and one it never shows is none.
 */
function turningPoints({ openingHours, timeZone }: StoreSchedule, date: string): number[] {
  const intervals = openingHours ? intervalsOf(openingHours, date) : [];
  if (intervals.length === 0) return [];
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const [from, to] = [midnight - DAY_MS, midnight + DAYS_OF_ONE_LOOK * DAY_MS];
  const offsets = [offsetMs(from, timeZone), offsetMs(to, timeZone)];
  const shown = intervals.flatMap(({ opens, closes }) => [
    minutesOf(opens),
    minutesOf(closes) + (closes > opens ? 0 : 24 * 60),
  ]);
  const moments = shown.flatMap((minutes) =>
    offsets.map((offset) => midnight + minutes * MINUTE_MS - offset),
  );
  return offsets[0] === offsets[1] ? moments : [...moments, findJump(from, to, timeZone)];
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** When a store next turns from open to closed, or from closed to open; undefined when it never does. */
function findTurn(store: StoreSchedule, after: number): number | undefined {
  const was = isStoreOpen(store, new Date(after));
  const turns = (moment: number): boolean => moment > after && isStoreOpen(store, new Date(moment)) !== was;
  const pauseEnd = store.pausedUntil?.getTime() ?? 0;
  // While it is paused nothing turns, however long that is.
  const start = Math.max(after, pauseEnd);
  if (start >= NEVER) return undefined;
  if (turns(start)) return start;
  if (store.openingHours === null) return undefined;
  let first: { moment: number; day: number } | undefined;
  for (let day = -2; day <= FARTHEST_DAYS; day += 1) {
    // A change of the clock is found with a day before it, and the hours of a day after that may come first.
    if (first && day > first.day + DAYS_OF_ONE_LOOK) break;
    const date = new Date(start + day * DAY_MS).toISOString().slice(0, 10);
    const found = turningPoints(store, date).filter((moment) => moment > start && turns(moment));
    const moment = Math.min(...found, first?.moment ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(moment)) first = { moment, day: first?.day ?? day };
  }
  return first?.moment;
}

/** When a store opens and closes next, as `isStoreOpen` will see it. */
export function findNextOpening(
  store: StoreSchedule,
  now: Date,
): { opensAt: Date | undefined; closesAt: Date | undefined } {
  const first = findTurn(store, now.getTime());
  const second = first === undefined ? undefined : findTurn(store, first);
  const toDate = (moment: number | undefined) => (moment === undefined ? undefined : new Date(moment));
  return isStoreOpen(store, now)
    ? { closesAt: toDate(first), opensAt: toDate(second) }
    : { opensAt: toDate(first), closesAt: toDate(second) };
}
