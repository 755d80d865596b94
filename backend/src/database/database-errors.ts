/** What a fault of the database means for whoever met it; every other error is a bug of ours. */
type Meaning = 'conflict' | 'away';

const LOCK_WAIT_TIMEOUT = 1205;
const DUPLICATE_ENTRY = 1062;

/** By the number MariaDB and MySQL give it. */
const MEANING_OF_NUMBER: Readonly<Record<number, Meaning>> = {
  // Undone because of another transaction: replaying all of it is safe, and may succeed.
  1020: 'conflict', // MariaDB snapshot isolation: the row changed since it was read
  1180: 'conflict', // an error during COMMIT: a multi-writer cluster chose another transaction
  [LOCK_WAIT_TIMEOUT]: 'conflict',
  1213: 'conflict', // deadlock, on a cluster also a conflict with another node
  1452: 'conflict', // the row a foreign key points at was deleted since it was read: the replay does not find it any more
  3101: 'conflict', // Group Replication rolled it back during COMMIT
  // The server cannot do it now, and it is not our statement's fault.
  1021: 'away', // its disk is full
  1040: 'away', // too many connections
  1047: 'away', // a Galera node without a majority, or one that is still joining
  1053: 'away', // shutting down
  1114: 'away', // its disk is full, told as a full table
  1129: 'away', // it blocks our host after too many broken connections
  1152: 'away', // it gave the connection up
  1158: 'away', // it could not read from the connection
  1159: 'away', // it waited too long for the connection
  1160: 'away', // it could not write to the connection
  1161: 'away', // it waited too long to write to the connection
  1203: 'away', // too many connections of our account
  1226: 'away', // our account has used up a limit
  1290: 'away', // read-only, as after a fail-over
  1317: 'away', // the statement was interrupted by somebody else
  1792: 'away', // read-only transaction
  1836: 'away', // read-only mode
  1927: 'away', // the connection was killed
  1969: 'away', // MariaDB's own limit of a statement's time
  2006: 'away', // the server has gone away
  2013: 'away', // lost during the statement
  3024: 'away', // MySQL's own limit of a statement's time
  3032: 'away', // offline mode
  3100: 'away', // a member of Group Replication that cannot commit, as without a majority
  3168: 'away', // not available
  4031: 'away', // MySQL closed a connection that was idle
};

/** Faults without a number: of the connection, or of our own limits. */
const AWAY_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'POOL_CLOSED',
]);

function property(error: unknown, name: 'code' | 'errno' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/** A limit of our own was reached: the database did not answer, or gave no connection, in time. */
export class DatabaseLimitReached extends Error {}

/**
 * COMMIT was sent, and the answer was lost or told of a fault: nobody knows whether the transaction is stored. Where
 * that matters it must be found out; elsewhere it is a database that is away.
 */
export class CommitInDoubt extends Error {
  constructor(cause: unknown) {
    super('nobody knows whether the transaction was stored', { cause });
  }
}

function meaningOf(error: unknown): Meaning | undefined {
  if (error instanceof DatabaseLimitReached || error instanceof CommitInDoubt) return 'away';
  const meaning = MEANING_OF_NUMBER[Number(property(error, 'errno'))];
  if (meaning) return meaning;
  if (AWAY_CODES.has(String(property(error, 'code')))) return 'away';
  // What mysql2 gives no code.
  const message = String(property(error, 'message') ?? '');
  return /Queue limit reached|closed state|Pool is closed/.test(message) ? 'away' : undefined;
}

/** True when the database undid the transaction because of another one: replaying it is safe. */
export function isConflict(error: unknown): boolean {
  return meaningOf(error) === 'conflict';
}

/** True when another transaction held a lock for longer than we wait. */
export function isLockTimeout(error: unknown): boolean {
  return Number(property(error, 'errno')) === LOCK_WAIT_TIMEOUT;
}

/** True when the database cannot be reached, does not answer in time, or cannot write now. */
export function isDatabaseAway(error: unknown): boolean {
  return meaningOf(error) === 'away';
}

/** True when a unique index refused the row; `index` narrows it to one. */
export function isDuplicate(error: unknown, index?: string): boolean {
  if (Number(property(error, 'errno')) !== DUPLICATE_ENTRY) return false;
  return index === undefined || String(property(error, 'message')).includes(index);
}
