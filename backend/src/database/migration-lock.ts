import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MysqlAdapter, MysqlDialect, sql } from 'kysely';
import type { Database } from './pool.ts';
import { inTransaction } from './transaction.ts';

export interface MigrationLockTimes {
  /** How long the lock holds without a sign of life, by the database's clock. */
  leaseMs: number;
  renewEveryMs: number;
  /** How often whoever waits looks. */
  lookEveryMs: number;
  /** For how long a lock that has ended must stay as it is before it is taken over. */
  deadAfterMs: number;
}

const TIMES: MigrationLockTimes = {
  leaseMs: 15_000,
  renewEveryMs: 3_000,
  lookEveryMs: 500,
  deadAfterMs: 5_000,
};

/** Kysely locks with GET_LOCK, which one server of a cluster does not tell the others: we do not. */
class AdapterWithoutLock extends MysqlAdapter {
  override async acquireMigrationLock(): Promise<void> {
    // Whoever migrates holds the lock below.
  }
  override async releaseMigrationLock(): Promise<void> {
    // As above.
  }
}

export class ClusterDialect extends MysqlDialect {
  override createAdapter(): MysqlAdapter {
    return new AdapterWithoutLock();
  }
}

interface Seen {
  holder: string | null;
  endsAt: Date;
  isOver: boolean;
}

async function makeLock(db: Database): Promise<void> {
  // No migration, because it must be there before the first one.
  await sql`
    create table if not exists migration_lock (
      id tinyint unsigned not null primary key,
      holder varchar(64) character set ascii collate ascii_bin null,
      ends_at datetime(3) not null
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db);
  await inTransaction(db, (transaction) =>
    sql`insert ignore into migration_lock (id, holder, ends_at) values (1, null, now(3))`.execute(
      transaction,
    ),
  );
}

async function look(db: Database): Promise<Seen> {
  const { rows } = await sql<{ holder: string | null; ends_at: Date; is_over: number }>`
    select holder, ends_at, ends_at < now(3) as is_over from migration_lock where id = 1`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the lock of the migrations has no row');
  return { holder: row.holder, endsAt: row.ends_at, isOver: row.is_over === 1 };
}

/** Writes the lock if it still is as it was seen; a cluster lets one of several win. */
async function change(
  db: Database,
  change: { seen: Seen; holder: string | null; leaseMs: number },
): Promise<boolean> {
  const { seen, holder, leaseMs } = change;
  const { numAffectedRows } = await inTransaction(db, (transaction) =>
    sql`update migration_lock set holder = ${holder}, ends_at = now(3) + interval ${leaseMs * 1_000} microsecond
      where id = 1 and holder <=> ${seen.holder} and ends_at = ${seen.endsAt}`.execute(transaction),
  );
  return numAffectedRows === 1n;
}

/**
 * Waits until nobody holds the lock, or its holder is dead: it has ended, and was not renewed while the database
 * answered. A database that was frozen, or busy with one long statement, let nobody renew it.
 */
async function take(db: Database, holder: string, times: MigrationLockTimes): Promise<void> {
  let ended: { endsAtMs: number; sinceMs: number } | undefined;
  for (;;) {
    const seen = await look(db);
    const endsAtMs = seen.endsAt.getTime();
    if (!seen.isOver || ended?.endsAtMs !== endsAtMs) ended = { endsAtMs, sinceMs: performance.now() };
    const isDead = seen.isOver && performance.now() - ended.sinceMs >= times.deadAfterMs;
    const isFree = seen.holder === null || isDead;
    if (isFree && (await change(db, { seen, holder, leaseMs: times.leaseMs }))) return;
    await pause(times.lookEveryMs);
  }
}

/**
 * Does the work while no other node does any under this lock, whichever member of a cluster it is connected to.
 * `assertHeld` throws once the lock was lost: call it before each step that must not be made twice.
 */
export async function withMigrationLock<T>(
  db: Database,
  work: (assertHeld: () => void) => Promise<T>,
  given: Partial<MigrationLockTimes> = {},
): Promise<T> {
  const times = { ...TIMES, ...given };
  const holder = randomUUID();
  let isLost = false;
  await makeLock(db);
  await take(db, holder, times);

  async function renew(): Promise<void> {
    const seen = await look(db);
    if (seen.holder !== holder) isLost = true;
    else await change(db, { seen, holder, leaseMs: times.leaseMs });
  }
  let renewing: Promise<void> | undefined;
  const renewal = setInterval(() => {
    // A renewal that failed or hangs is no loss yet: whoever wants the lock waits for the next one.
    renewing ??= renew()
      .catch(() => undefined)
      .finally(() => {
        renewing = undefined;
      });
  }, times.renewEveryMs);
  try {
    return await work(() => {
      if (isLost) throw new Error('another node has taken the migrations over');
    });
  } finally {
    clearInterval(renewal);
    await renewing;
    // Not released, it ends by itself.
    await release(db, holder).catch(() => undefined);
  }
}

async function release(db: Database, holder: string): Promise<void> {
  const seen = await look(db);
  if (seen.holder === holder) await change(db, { seen, holder: null, leaseMs: 0 });
}
