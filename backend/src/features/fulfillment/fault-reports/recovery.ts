import type { RecoverySetting } from '../../../config-environment.ts';
import type { Database } from '../../../database/pool.ts';
import { inTransaction, type Transaction } from '../../../database/transaction.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { IncidentRecorder } from '../../incidents/incident-recorder.ts';
import type { FulfillmentMetrics } from '../fulfillment.metrics.ts';
import type { ReportClient, ReportReply } from './fault-report.client.ts';
import * as reports from './fault-report.repository.ts';
import { describeReport, type FoundReport } from './found-report.ts';
import { type ReportedFactory, rebuildReportUrl } from './report-url.ts';

/** Who wants a report to be made: we when its URL comes, an operator, or whoever has the link of an order. */
type Reporter = 'system' | 'operator' | 'client';

// To one factory, over all nodes, with all that were made before: one that hands out new URLs all the time must not make
// us flood it. Links are open to anybody who has one, so they leave half of the calls to us and to operators.
const CALLS_PER_MINUTE: Record<Reporter, number> = { system: 12, operator: 12, client: 6 };
// The call ends after 5 s; a node that is silent for longer than this has crashed in the middle of it.
const CALL_LEASE_MS = 15_000;
// A report that was refused is made again with the next fault, but not at once and not for ever.
const FIRST_AGAIN_MS = 2_000;
const LONGEST_AGAIN_MS = 5 * 60_000;
const MOST_CALLS = 5;
const MOST_REPORTS = 50;

/** The shared state of a factory, as far as a report reads and changes it. */
interface ReportedState {
  /** Locks it until the transaction ends; answers the database's time. */
  lock: (transaction: Transaction, factory: string) => Promise<{ now: Date }>;
  /** A report was answered: the factory may be tried again at once. */
  recordCure: (transaction: Transaction, factory: string) => Promise<void>;
}

interface RecoveryDeps {
  db: Database;
  log: Logger;
  setting: RecoverySetting;
  /** By origin; the reports are called there, with its key. */
  factories: ReadonlyMap<string, ReportedFactory>;
  client: ReportClient;
  incidents: IncidentRecorder;
  state: ReportedState;
  metrics: FulfillmentMetrics;
  /** Told when waiting orders became due. */
  onWoken: () => void;
}

/** What a report came to. `not_now`: somebody is calling it, or too many were called in the last minute. */
export type ReportResult = 'answered' | 'not_answered' | 'not_now' | 'not_callable';

/** What became of a report URL that an answer brought: called, or why not. */
export type ReportFate = ReportResult | 'rejected' | 'suggested' | 'off' | 'made_already' | 'not_recorded';

/** Reports faults to the factory: each report URL once, over all nodes. That the cure works is proved by the next attempt. */
export function createRecovery(parts: RecoveryDeps) {
  const { db, log, incidents, state } = parts;

  async function claimCall(reportId: number, reporter: Reporter): Promise<reports.ReportRow | undefined> {
    const known = await reports.findReport(db, reportId);
    // Whoever presses again and again waits for no lock, and keeps nobody else waiting for it.
    if (!known || !MAY_CALL[reporter](known)) return undefined;
    return inTransaction(db, async (transaction) => {
      // The factory's lock comes first, as everywhere; it also keeps the calls of all nodes countable.
      const { now } = await state.lock(transaction, known.factory);
      const report = await reports.lockReport(transaction, reportId);
      if (!report || !MAY_CALL[reporter](report)) return undefined;
      const made = await reports.countCallsOfLastMinute(transaction, report.factory);
      if (made >= CALLS_PER_MINUTE[reporter]) return undefined;
      await reports.beginCall(transaction, report, CALL_LEASE_MS);
      const { host, fingerprint, incidentId, calls } = report;
      await incidents.note(transaction, {
        kind: 'report_called',
        incidentId,
        at: now,
        details: {
          host: host ?? null,
          fingerprint,
          call: calls + 1,
          by: reporter === 'system' ? 'the system' : 'a person',
        },
      });
      return report;
    });
  }

  async function settleCall(report: reports.ReportRow, reply: ReportReply): Promise<boolean> {
    const isOk = reply.kind === 'answered' && reply.isOk;
    const httpStatus = reply.kind === 'answered' ? reply.status : undefined;
    const againInMs = Math.min(LONGEST_AGAIN_MS, FIRST_AGAIN_MS * 2 ** report.calls);
    await inTransaction(db, async (transaction) => {
      const { now } = await state.lock(transaction, report.factory);
      await reports.endCall(transaction, { reportId: report.id, isOk, httpStatus, againInMs });
      await incidents.note(transaction, {
        kind: 'report_answered',
        incidentId: report.incidentId,
        at: now,
        details: {
          fingerprint: report.fingerprint,
          result: reply.kind,
          httpStatus: httpStatus ?? null,
          ms: reply.totalMs,
        },
      });
      if (isOk) await state.recordCure(transaction, report.factory);
    });
    return isOk;
  }

  async function call(reportId: number, reporter: Reporter): Promise<ReportResult> {
    const report = await claimCall(reportId, reporter);
    if (!report) return 'not_now';
    const factory = parts.factories.get(report.factory);
    if (!factory || !report.target) return 'not_callable';
    const reply = await parts.client.call(rebuildReportUrl(report.target, factory));
    const isOk = await settleCall(report, reply);
    const { factory: origin, fingerprint, incidentId } = report;
    const facts = { factory: origin, reportFingerprint: fingerprint, incidentId, reporter, ...reply };
    parts.metrics.reported({ factory: origin, result: isOk ? 'answered' : 'not_answered' });
    if (isOk) log.warn(facts, 'a fault was reported to the factory');
    else log.error(facts, 'a fault could not be reported to the factory');
    if (isOk) parts.onWoken();
    return isOk ? 'answered' : 'not_answered';
  }

  return {
    /** Puts a report URL that an answer brought on record; answers its row unless the incident has brought too many. */
    async keep(found: {
      report: FoundReport;
      factory: string;
      incidentId: number;
    }): Promise<reports.ReportRow | undefined> {
      const { report, factory, incidentId } = found;
      const { verdict, presentable } = report;
      const { host, fingerprint = '' } = describeReport(report);
      const target = verdict.kind === 'accepted' ? verdict.url : undefined;
      // A factory that makes up a new one with every answer must not fill our database.
      if ((await reports.countReports(db, incidentId)) >= MOST_REPORTS) return undefined;
      const row = { incidentId, factory, fingerprint, host, target, url: presentable };
      const stored = await reports.insertReport(db, row);
      if (!stored.isNew) return stored.report;
      const details = { host: host ?? null, fingerprint };
      const facts = { factory, incidentId, reportHost: host, reportFingerprint: fingerprint };
      if (verdict.kind === 'rejected') {
        const { reason } = verdict;
        parts.metrics.reported({ factory, result: 'rejected' });
        log.error({ ...facts, securityEvent: 'report_url_rejected', reason }, 'a report URL was not called');
        await incidents.note(db, { incidentId, kind: 'report_rejected', details: { ...details, reason } });
      } else if (parts.setting === 'suggest') {
        parts.metrics.reported({ factory, result: 'suggested' });
        log.error(facts, `a fault can be reported: npm run factory -- report ${incidentId}`);
        await incidents.note(db, { incidentId, kind: 'report_suggested', details });
      }
      return stored.report;
    },

    /** Makes a report if the setting lets us and nobody has made it. */
    async act(report: reports.ReportRow): Promise<ReportFate> {
      if (!report.target) return 'rejected';
      if (parts.setting !== 'act') return parts.setting === 'suggest' ? 'suggested' : 'off';
      return MAY_CALL.system(report) ? call(report.id, 'system') : 'made_already';
    },

    /** An operator asks for the report: also for one that was made before and did not help. */
    reportByOperator: (reportId: number): Promise<ReportResult> => call(reportId, 'operator'),

    /** Somebody with the link of an order asks for it. One that was made a moment ago is not made again: `not_now`. */
    reportByClient: (reportId: number): Promise<ReportResult> => call(reportId, 'client'),

    setting: parts.setting,
  };
}

/** Not while another call is under way. */
const isFree = ({ state, isDue, target }: reports.ReportRow): boolean =>
  target !== undefined && (state !== 'calling' || isDue);

const MAY_CALL: Record<Reporter, (report: reports.ReportRow) => boolean> = {
  // One that was answered is never repeated by itself: if it did not help, a person must look.
  system: (report) => {
    const isFresh = report.state === 'seen' || (report.state !== 'done' && report.isDue);
    return isFresh && report.calls < MOST_CALLS && isFree(report);
  },
  operator: isFree,
  // A press more often than every so many seconds, which grow with each call, is no news to the factory.
  client: (report) => report.isDue && isFree(report),
};

export type Recovery = ReturnType<typeof createRecovery>;
