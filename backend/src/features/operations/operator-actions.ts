import type { Database } from '../../database/pool.ts';
import type { Actor } from '../audit/audit.repository.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { FactoryHold } from '../fulfillment/factories/hold.ts';
import type { ReportResult } from '../fulfillment/fault-reports/recovery.ts';
import type { IncidentRecord } from '../incidents/incident-record.ts';

interface ActionDeps {
  db: Database;
  audit: Audit;
  hold: FactoryHold;
  probeAll: () => Promise<{ factory: string; outcome: string }[]>;
  /** Undefined when the incident brought no report URL that may be called. */
  report: (incidentId: number) => Promise<ReportResult | undefined>;
  /** Throws `not_found`. */
  readIncident: (incidentId: number) => Promise<IncidentRecord>;
}

// There is one, and the audit log wants an id.
const ALL_FACTORIES = { type: 'kitchen', id: 1 } as const;

/** What operators do from their page: the same as `npm run factory`, by somebody we know. */
export function createOperatorActions({ db, audit, hold, ...parts }: ActionDeps) {
  return {
    async probe(actor: Actor) {
      await audit.record(db, { actor, action: 'kitchen.probed', subject: ALL_FACTORIES, details: {} });
      return parts.probeAll();
    },

    hold: (actor: Actor): Promise<void> =>
      hold.hold((transaction, factory) =>
        audit.record(transaction, {
          actor,
          action: 'kitchen.held',
          subject: ALL_FACTORIES,
          details: { factory },
        }),
      ),

    resume: (actor: Actor): Promise<void> =>
      hold.resume((transaction, factory) =>
        audit.record(transaction, {
          actor,
          action: 'kitchen.resumed',
          subject: ALL_FACTORIES,
          details: { factory },
        }),
      ),

    /** Throws `not_found`. */
    async report(incidentId: number, actor: Actor): Promise<ReportResult> {
      const { mode } = await parts.readIncident(incidentId);
      const subject = { type: 'incident', id: incidentId } as const;
      await audit.record(db, { actor, action: 'incident.reported', subject, details: { mode } });
      return (await parts.report(incidentId)) ?? 'not_callable';
    },
  };
}

export type OperatorActions = ReturnType<typeof createOperatorActions>;
