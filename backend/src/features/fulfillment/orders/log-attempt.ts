import type { Logger } from '../../../observability/logger.ts';
import type { Learned } from '../factories/factory-observer.ts';
import type { FinishedAttempt, Settlement } from './settle-attempt.ts';

/** The one log line of an attempt: how the call went, what became of the order, and what it told of the factory. */
export function logAttempt(
  log: Logger,
  ended: { attempt: FinishedAttempt; settlement: Settlement; learned: Learned },
): void {
  const { attempt, settlement, learned } = ended;
  const { claim, outcome, factory, connectMs, firstByteMs, totalMs, httpStatus, signatureVerdict, report } =
    attempt;
  const entry = {
    orderId: claim.orderId,
    attempt: settlement.number,
    factory,
    outcome,
    connectMs,
    firstByteMs,
    totalMs,
    httpStatus,
    signatureVerdict,
    reportHost: report.host,
    reportFingerprint: report.fingerprint,
    reportResult: learned.reportResult,
    circuit: learned.circuit,
    state: settlement.state,
    nextAttemptInMs: settlement.state === 'waiting' ? settlement.delayMs : undefined,
    isDiscarded: settlement.discarded > 0,
  };
  log.info(entry, 'factory attempt');
}
