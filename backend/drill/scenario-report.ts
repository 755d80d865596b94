import type { Finding, Findings } from './judge.ts';

/**
 * What `--json` prints: one DrillReport. All times are milliseconds; null means that it never happened or was not measured.
 */
export interface DrillReport {
  startedAt: string;
  /** Of the machine this ran on, for whoever compares two reports. */
  machine: { cores: number; node: string };
  diners: number;
  isShort: boolean;
  scenarios: ScenarioReport[];
  verdict: Verdict;
}

/** `failed`: an order was lost, made twice or told failed, or something else went gravely wrong. `late`: a target was missed. */
export type Verdict = 'passed' | 'late' | 'failed';

export interface ScenarioReport {
  scenario: string;
  title: string;
  verdict: Verdict;
  /** One for each thing the product promises here. */
  checks: Check[];
  /** These three are null when the scenario could not be played to its end: then nothing is known. */
  counts: Counts | null;
  times: Times | null;
  /** Among the real outages of docs/incidents/outages.csv: 1 is the quickest. */
  rank: { place: number; of: number } | null;
  /** How often each HTTP status was answered; "0" is a line that was cut or refused. */
  answers: Record<string, number>;
  /** Orders and dinerOrders that something is to be said about, at most 20 of a kind. */
  findings: Record<keyof Findings, Finding[]> | null;
  /** What went wrong beside the orders; empty when nothing did. */
  faults: string[];
  notes: string[];
}

export interface Check {
  what: keyof Times | keyof Counts | 'faults';
  target: number;
  measured: number | null;
  isMet: boolean;
  /** Fails the drill; the others do so only with --strict. */
  isGrave: boolean;
}

export interface Counts {
  /** Different orders that clients placed. */
  placed: number;
  /** DinerOrders whose client holds a pizza. */
  made: number;
  lost: number;
  toldFailed: number;
  madeTwice: number;
  bakedAgain: number;
  nobodyOrdered: number;
  badPizzas: number;
  foreignPizzas: number;
  unanswered: number;
  /** Answers of plain clients that do not agree with what was stored. */
  toldWrong: number;
  /** 1 when the figures count other orders as sold than were made. */
  chargedWrong: number;
  reportCalls: number;
  /** DinerOrders that were told which order they are. */
  told: number;
  /** Requests whose plain client was told that nobody knows, or nothing. */
  unknown: number;
  /** Orders in the database; of these, ready ones; and those the figures count as sold. */
  stored: number;
  ready: number;
  charged: number;
  /** Orders taken over from a node that was alive. */
  takeovers: number;
}

export interface Times {
  /** From the fault to the incident's own `detectedAt`. */
  detectedMs: number | null;
  /** From the fault to the end of the first call that met it: nobody could know earlier. */
  firstBadCallMs: number | null;
  /** The worse of what the clients saw and what the incident says. */
  restoredMs: number | null;
  restoredForClientsMs: number | null;
  restoredByIncidentMs: number | null;
  /** The worst of all kills. */
  reclaimedMs: number | null;
  longestWaitMs: number | null;
  /** Counted as `restoredMs` is, until the last order that had waited was settled. */
  lineEmptyMs: number | null;
}

/** Answers the verdict of several. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('failed')) return 'failed';
  return verdicts.includes('late') ? 'late' : 'passed';
}
