import type { IncidentEvent, IncidentEventKind, IncidentMode, IncidentRecord } from './incident-record.ts';

interface ModeWords {
  /** After "the pizza factory". */
  did: string;
  cause: string;
}

/** Each fault in words, and as much of its cause as can be seen from our side. */
export const MODE_WORDS: Record<IncidentMode, ModeWords> = {
  fail: {
    did: 'refused orders',
    cause:
      'The factory answered orders with a server error and a report URL, which is how it says that a report cures the fault.',
  },
  badjwt: {
    did: 'handed out pizzas that did not pass the check',
    cause:
      'The factory answered orders with success, but what it handed out was no pizza: its signature, its header times or its payload did not hold.',
  },
  throttle: {
    did: 'was slow',
    cause:
      'The factory took many times as long as usual. In this fault it names its report URL only in the late answer itself, so the calls were not cut short.',
  },
  error: {
    did: 'answered with errors',
    cause:
      'The factory answered with server errors, or with answers that were no answers of its API, and named no report URL: there was nothing to report to.',
  },
  busy: {
    did: 'was too busy for orders',
    cause: 'The factory answered that it had too many requests or was unavailable, and named no report URL.',
  },
  unreachable: {
    did: 'could not be reached',
    cause:
      'Calls to the factory ended before an answer: its name was not found, it did not accept the connection, its certificate was not valid, or it hung up.',
  },
  timeout: {
    did: 'did not answer',
    cause: 'The factory accepted calls and answered none of them within 60 s.',
  },
  key_refused: {
    did: 'refused our API key',
    cause:
      'The factory answered that our API key is not valid or may not order. A report cannot cure that: the key has to be renewed or its vendor reinstated.',
  },
};

export const DETECTOR_WORDS: Record<IncidentRecord['detectedBy'], string> = {
  order: 'by an order that met it',
  probe: 'by the probe, which asks the factory how it is while nobody orders',
  pending_call: 'by a call that had been pending for unusually long, before it was answered',
};

export const DETECTION_LESSONS: Record<IncidentRecord['detectedBy'], string> = {
  order: 'An order met the fault before the probe did; the probe asks only while nobody orders.',
  probe: 'The probe met the fault before an order did.',
  pending_call: 'The fault was noticed while the first call was still pending, not by its answer.',
};

const EVENT_WORDS: Record<IncidentEventKind, string> = {
  first_fault: 'The first faulty call began',
  detected: 'The fault was detected',
  circuit_opened: 'The circuit opened: orders wait, one at a time is tried',
  circuit_closed: 'The circuit closed: orders are sent as usual',
  report_called: 'The report URL was called',
  report_answered: 'The report was taken',
  report_suggested: 'The report was suggested to the operator',
  report_rejected: 'A report URL did not pass the check and was not called',
  escalated: 'A person was called: the recovery had not helped',
  factory_changed: 'Another factory took over',
  held: 'Orders were held',
  resumed: 'Orders were let go on',
  restored: 'The first good answer after a fault',
  fault_again: 'The fault came back',
  line_empty: 'No order waited any more',
  closed: 'The incident was closed',
};

/** Whether the factory took a report: any answer but 2xx is as good as none. */
export function isReportTaken({ kind, details }: IncidentEvent): boolean {
  const { result, httpStatus } = details;
  const isSuccess = typeof httpStatus === 'number' && httpStatus >= 200 && httpStatus < 300;
  return kind === 'report_answered' && result === 'answered' && isSuccess;
}

export function eventWords(event: IncidentEvent): string {
  if (event.kind === 'report_answered' && !isReportTaken(event)) return 'The report failed';
  return EVENT_WORDS[event.kind];
}
