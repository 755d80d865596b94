import { sql } from 'kysely';
import type { TestService } from './test-service.ts';

/** The newest incident on record, or undefined. */
export function newestIncident({ db }: Pick<TestService, 'db'>) {
  return db.selectFrom('incidents').selectAll().orderBy('id', 'desc').executeTakeFirst();
}

/** What happened in an incident, in its order. */
export async function eventKinds({ db }: Pick<TestService, 'db'>, incidentId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('incident_events')
    .select('kind')
    .where('incident_id', '=', incidentId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ kind }) => kind);
}

export async function reportCalls({ factory }: Pick<TestService, 'factory'>): Promise<number> {
  return (await factory.journal()).calls.filter(({ kind }) => kind === 'report').length;
}

/** The last fault of every open incident was more than a minute ago. */
export async function makeIncidentsQuiet({ db }: Pick<TestService, 'db'>): Promise<void> {
  await sql`update incidents set last_fault_at = now(3) - interval 61 second where closed_at is null`.execute(
    db,
  );
}

/** Nothing is wrong any more and nothing was reported lately: for tests that share a service. */
export async function endIncidents({ db }: Pick<TestService, 'db'>): Promise<void> {
  await sql`update incidents set closed_at = now(3), restored_at = now(3) where closed_at is null`.execute(
    db,
  );
  await forgetReportCalls({ db });
}

/** What was reported so far was long ago: at most 12 reports are made a minute. */
export async function forgetReportCalls({ db }: Pick<TestService, 'db'>): Promise<void> {
  await sql`update factory_reports set called_at = now(3) - interval 1 hour`.execute(db);
  await sql`update factory_report_calls set called_at = now(3) - interval 1 hour`.execute(db);
}
