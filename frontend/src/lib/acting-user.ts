/**
 * Whom the page is drawn for. Every write says so, because a browser has one session for all its tabs and the page may
 * be older than the log-in (S48). A guest is null; until we know, it is undefined.
 */
let actingId: number | null | undefined;
// Who it was last, also after their session ended.
let lastId: number | undefined;
let changes = 0;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

export function actingUser(): number | null | undefined {
  return actingId;
}

/** How often one user took the place of another: what was begun for the one is not for the other to finish. */
export function userChanges(): number {
  return changes;
}

export function actFor(id: number | null | undefined): void {
  if (id === actingId) return;
  actingId = id;
  if (typeof id === 'number') {
    if (lastId !== undefined && lastId !== id) changes += 1;
    lastId = id;
  }
  tell();
}

/** After a log-out nobody's work is open any more. */
export function forgetLastUser(): void {
  lastId = undefined;
}

/** Somebody logged in again as the same user, as another one, or did not want to. */
export type LogInOutcome = 'same' | 'other' | 'left';

let waiting: ((outcome: LogInOutcome) => void)[] = [];

/** Whether a session was found to have ended, and what found it waits for another. */
export function isLogInAwaited(): boolean {
  return waiting.length > 0;
}

export function awaitLogIn(): Promise<LogInOutcome> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    tell();
  });
}

export function settleLogIn(outcome: LogInOutcome): void {
  const settled = waiting;
  waiting = [];
  for (const resolve of settled) resolve(outcome);
  tell();
}

let onOther = (): void => undefined;

/** Says that the session is somebody else's by now, as the service has just told. */
export function reportOtherUser(): void {
  onOther();
}

export function onOtherUser(listener: () => void): void {
  onOther = listener;
}

/** Calls the listener whenever any of this changes; answers what ends it. */
export function onActingUser(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
