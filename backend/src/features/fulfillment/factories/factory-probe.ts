import type { Database } from '../../../database/pool.ts';
import type { Logger } from '../../../observability/logger.ts';
import { describeReport } from '../fault-reports/found-report.ts';
import type { FulfillmentMetrics } from '../fulfillment.metrics.ts';
import { classifyProbe } from '../pizzas/attempt-outcome.ts';
import { insertAttempt } from './attempts.repository.ts';
import type { Factory } from './factory.ts';
import type { FactoryCalls } from './factory-calls.ts';
import type { FactoryObserver } from './factory-observer.ts';
import type { FactorySnapshots } from './factory-snapshots.ts';
import * as states from './factory-state.repository.ts';

// A call ends after 60 s; a node that is silent for longer than this has crashed in the middle of its probe.
const LEASE_MS = 65_000;

interface ProbeDeps {
  db: Database;
  log: Logger;
  factories: readonly Factory[];
  calls: FactoryCalls;
  watch: FactoryObserver;
  snapshots: FactorySnapshots;
  metrics: FulfillmentMetrics;
  node: string;
  /** How long a factory must have been left alone before it is probed; 0 switches the probe off. */
  everyMs: number;
}

/** Asks a factory how it is when no order does, so that a fault is met, and its cure found, before a diner comes. */
export function createFactoryProbe(parts: ProbeDeps) {
  const { db, log, calls, watch, snapshots, node, everyMs } = parts;
  const probing = new Map<string, Promise<void>>();
  let isStopped = false;

  /** Answers what the probe told: an outcome, or `well`. */
  async function probe(factory: Factory): Promise<ReturnType<typeof classifyProbe>> {
    const { client } = factory;
    const startedAtMs = performance.now();
    const call = { factory: client.origin, source: 'probe' } as const;
    const reply = await calls.track(call, () => client.probe());
    // We cut the line ourselves: that says nothing of the factory.
    if (isStopped) return 'well';
    const outcome = classifyProbe(reply);
    const answer = reply.kind === 'answer' ? reply : undefined;
    const report = factory.findReport(answer?.body?.reportUrl);
    parts.metrics.attempted({ ...call, outcome, totalMs: reply.timing.totalMs });
    await states.endProbe(db, { origin: client.origin, outcome, quietMs: everyMs });
    const facts = {
      factory: client.origin,
      outcome,
      httpStatus: answer?.status,
      totalMs: reply.timing.totalMs,
    };
    if (outcome === 'well' && !report) log.debug(facts, 'factory probe');
    else {
      log.warn({ ...facts, ...prefixed(describeReport(report)) }, 'factory probe');
      await insertAttempt(db, {
        orderId: null,
        number: 0,
        factory: client.origin,
        node,
        startedAt: reply.timing.startedAt,
        connectMs: reply.timing.connectMs,
        firstByteMs: reply.timing.firstByteMs,
        totalMs: reply.timing.totalMs,
        httpStatus: answer?.status,
        outcome,
        signatureVerdict: undefined,
        report: describeReport(report),
      });
    }
    await watch.observe({ ...call, outcome, startedAtMs, report });
    return outcome;
  }

  return {
    /** Part of each sweep: probes whoever was left alone, without waiting for the answer. One node probes at a time. */
    async runOnce(): Promise<void> {
      if (everyMs === 0 || isStopped) return;
      for (const factory of parts.factories) {
        const { origin } = factory.client;
        const snapshot = snapshots.of(origin);
        // Seen a moment ago; who may probe is decided in the database.
        const isEarly = snapshot && snapshots.elapsedMs(snapshot, snapshot.probeDueAt) < 0;
        if (probing.has(origin) || isEarly) continue;
        if (!(await states.takeProbe(db, { origin, quietMs: everyMs, leaseMs: LEASE_MS }))) continue;
        const work = probe(factory)
          .then(() => undefined)
          .catch((error: unknown) =>
            log.warn({ factory: origin, cause: String(error) }, 'a probe broke off; the next one follows'),
          )
          .finally(() => probing.delete(origin));
        probing.set(origin, work);
      }
    },

    stop(): void {
      isStopped = true;
    },

    /** A person wants to know now; probes every factory and answers what each told. */
    probeAll: (): Promise<{ factory: string; outcome: string }[]> =>
      Promise.all(
        parts.factories.map(async (factory) => ({
          factory: factory.client.origin,
          outcome: await probe(factory),
        })),
      ),
  };
}

function prefixed({ host, fingerprint }: ReturnType<typeof describeReport>) {
  return { reportHost: host, reportFingerprint: fingerprint };
}
