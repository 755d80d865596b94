import { sql } from 'kysely';
import type { Queryable } from '../../database/transaction.ts';
import { KNOWN_FOR_DAYS } from './device-token.ts';

const knownSince = sql<Date>`now(3) - interval ${sql.lit(KNOWN_FOR_DAYS)} day`;

/** Which of these places the user has logged in from lately. Asks for nobody, too: an unknown account costs the same. */
export async function findKnownPlaces(
  db: Queryable,
  userId: number,
  places: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('log_in_places')
    .select('place')
    .where('user_id', '=', userId)
    .where('place', 'in', places)
    .where('last_log_in_at', '>', knownSince)
    .execute();
  return new Set(rows.map(({ place }) => place));
}

export async function insertPlaces(db: Queryable, userId: number, places: readonly string[]): Promise<void> {
  const now = sql<Date>`now(3)`;
  await db
    .insertInto('log_in_places')
    .values(places.map((place) => ({ user_id: userId, place, last_log_in_at: now })))
    .onDuplicateKeyUpdate({ last_log_in_at: now })
    .execute();
}

export async function deletePlacesOfUser(db: Queryable, userId: number): Promise<void> {
  await db.deleteFrom('log_in_places').where('user_id', '=', userId).execute();
}
