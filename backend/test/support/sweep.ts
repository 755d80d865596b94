import type { Database } from '../../src/database/pool.ts';

/** Nobody sweeps, and nobody has swept a moment ago. */
export async function freeSweep({ db }: { db: Database }): Promise<void> {
  await db
    .updateTable('retention_lease')
    .set({ node: '', lease_until: new Date(0) })
    .execute();
}
