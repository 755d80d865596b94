import type { Migration } from 'kysely/migration';
import { addColumn, addIndex } from './what-exists.ts';

const COLUMNS = {
  erased_at: "datetime(3) null comment 'nothing of a deleted user is left since; null: something may be'",
  erasure_lease_until: "datetime(3) null comment 'somebody erases what they left; nobody else does before'",
};

/**
 * What a deleted user leaves is erased after the account is closed, and until `erased_at` says so. Whoever was deleted
 * before has null there, and so has whoever a node of the version before deletes: both are erased by a sweep.
 */
export const eraseWhatLeaversLeft: Migration = {
  async up(db) {
    for (const [name, definition] of Object.entries(COLUMNS)) {
      await addColumn(db, { table: 'users', name, definition });
    }
    await addIndex(db, { table: 'users', name: 'users_to_erase', columns: ['erased_at', 'deleted_at'] });
  },
};
