const LOCK_WAIT_TIMEOUT = 1205;
const CONFLICTS = new Set([
  1213, // deadlock: this transaction was rolled back
  LOCK_WAIT_TIMEOUT,
  1020, // MariaDB snapshot isolation: the row changed since it was read
  1452, // the row a foreign key points at was deleted since it was read: the replay does not find it any more
]);

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_CON_COUNT_ERROR',
  'ER_CONNECTION_KILLED',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_SERVER_IS_IN_MAINTENANCE_MODE',
  'POOL_CLOSED',
]);

const DUPLICATE_ENTRY = 1062;

function property(error: unknown, name: 'code' | 'errno' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/** True when the database undid the transaction because of another one: replaying it is safe. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(Number(property(error, 'errno')));
}

/** True when another transaction held a lock for longer than we wait. */
export function isLockTimeout(error: unknown): boolean {
  return Number(property(error, 'errno')) === LOCK_WAIT_TIMEOUT;
}

/** True when the database could not be reached, was lost on the way, or has no connection free. */
export function isDatabaseAway(error: unknown): boolean {
  const code = property(error, 'code');
  if (typeof code === 'string' && AWAY.has(code)) return true;
  const message = String(property(error, 'message') ?? '');
  return /Queue limit reached|closed state|Pool is closed/.test(message);
}

/** True when a unique index refused the row; `index` narrows it to one. */
export function isDuplicate(error: unknown, index?: string): boolean {
  if (Number(property(error, 'errno')) !== DUPLICATE_ENTRY) return false;
  return index === undefined || String(property(error, 'message')).includes(index);
}
