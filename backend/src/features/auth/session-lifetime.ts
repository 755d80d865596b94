const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A session that nobody uses ends ... */
const IDLE_MS = 7 * DAY_MS;
/** ... and every one does some day (S47). */
const LONGEST_MS = 30 * DAY_MS;
/** What an API client holds may lie in a file: it is short-lived (S15). */
const BEARER_MS = DAY_MS;
/** Kept so often that a list of sessions is worth reading, so rarely that a request stays one statement. */
const USE_KEPT_EVERY_MS = 5 * MINUTE_MS;

const after = (date: Date, ms: number): Date => new Date(date.getTime() + ms);
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

interface Moments {
  openedAt: Date;
  now: Date;
}

/** When a session is over however much it is used: as long as a browser keeps its cookie. */
export const lastEndOf = (openedAt: Date): Date => after(openedAt, LONGEST_MS);

/** When a session that is used now is over, unless it is used again. */
export const idleEndOf = ({ openedAt, now }: Moments): Date =>
  earlier(after(now, IDLE_MS), lastEndOf(openedAt));

/** When a Bearer token that is signed now runs out. */
export const bearerEndOf = ({ openedAt, now }: Moments): Date =>
  earlier(after(now, BEARER_MS), lastEndOf(openedAt));

/** Since when a session must have been used so that a use now need not be kept. */
export const recentUseSince = (now: Date): Date => after(now, -USE_KEPT_EVERY_MS);
