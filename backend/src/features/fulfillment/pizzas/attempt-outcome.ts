import type { AttemptOutcome } from '#contract/order-lifecycle.ts';
import type { IncidentMode } from '../../incidents/incident-record.ts';
import type { FactoryReply } from './pizza-factory.client.ts';
import type { SignatureVerdict } from './pizza-signature.ts';

/** Who wants something of the factory: an order, or the probe that asks how it is. */
export type CallSource = 'order' | 'probe';

/** Names of the outcomes as the record of an incident names its trouble. */
export const INCIDENT_MODES: Partial<Record<AttemptOutcome, IncidentMode>> = {
  refused: 'fail',
  bad_pizza: 'badjwt',
  made_slow: 'throttle',
  error: 'error',
  busy: 'busy',
  unreachable: 'unreachable',
  timeout: 'timeout',
  key_refused: 'key_refused',
};

// A healthy factory answers in well under a second; later than this it is ill, even if the pizza is good.
const SLOW_MS = 5_000;

/** Names what a reply is. `verdict` is the signature's, given when the reply carried a pizza. */
export function classifyReply(reply: FactoryReply, verdict: SignatureVerdict | undefined): AttemptOutcome {
  if (reply.kind !== 'answer') return reply.kind;
  const { status, body } = reply;
  if (status >= 200 && status < 300) {
    // Without a key nobody can say whether the pizza is good: not the pizza's fault, and no cure to report.
    if (body === undefined || verdict === 'no_keys') return 'error';
    if (verdict !== 'valid') return 'bad_pizza';
    return body.reportUrl !== undefined || reply.timing.totalMs > SLOW_MS ? 'made_slow' : 'made';
  }
  if (status === 401 || status === 403) return 'key_refused';
  if (status === 400 || status === 404 || status === 422) return 'rejected';
  if (status === 429) return 'busy';
  if (status >= 500 && body?.reportUrl !== undefined) return 'refused';
  return status === 503 ? 'busy' : 'error';
}

/** Names what the answer to a probe is: a healthy factory finds the empty order malformed, and says so quickly. */
export function classifyProbe(reply: FactoryReply): AttemptOutcome | 'well' {
  if (reply.kind !== 'answer') return reply.kind;
  if (reply.status === 400) return reply.timing.totalMs > SLOW_MS ? 'made_slow' : 'well';
  // A pizza for an order of nothing is no pizza.
  return classifyReply(reply, 'not_a_jws');
}

/** Outcomes in which the factory answered and made nothing: what a plain client and the search for poison count. */
export const ANSWERED_FAILURES = [
  'bad_pizza',
  'refused',
  'error',
  'busy',
] as const satisfies AttemptOutcome[];

export function isAnsweredFailure(outcome: AttemptOutcome): boolean {
  return ANSWERED_FAILURES.some((failure) => failure === outcome);
}
