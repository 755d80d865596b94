import { databaseNow } from '../../../database/lease-clock.ts';
import type { Queryable } from '../../../database/transaction.ts';

/** The keys that some node fetched last from this factory, as they were written. */
export async function findFactoryKeys(db: Queryable, origin: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('factory_keys')
    .select('jwks')
    .where('origin', '=', origin)
    .executeTakeFirst();
  return row?.jwks;
}

export async function saveFactoryKeys(
  db: Queryable,
  { origin, jwks }: { origin: string; jwks: string },
): Promise<void> {
  const fetched = { jwks, fetched_at: databaseNow };
  await db
    .insertInto('factory_keys')
    .values({ origin, ...fetched })
    .onDuplicateKeyUpdate(fetched)
    .execute();
}
