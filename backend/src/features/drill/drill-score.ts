import type { DRILL_ENDS, DRILL_MODES } from '#contract/drill.ts';
import { type Outages, rankAmong } from '../../../outages/outages.ts';
import type { DrillRow } from './drill.repository.ts';

export type DrillMode = (typeof DRILL_MODES)[number];
type DrillEnd = (typeof DRILL_ENDS)[number];

/** Faults that a report ends; the others last until their time is up. */
const CURABLE = new Set<DrillMode>(['fail', 'badjwt', 'throttle']);

interface Rank {
  place: number;
  of: number;
}

export interface DrillScore {
  endedAt: Date | null;
  endedBy: DrillEnd | null;
  detectedAfterMs: number | null;
  restoredAfterMs: number | null;
  detectedRank: Rank | null;
  restoredRank: Rank | null;
}

/** What ended the fault, and when. */
export function endOf(row: DrillRow): Pick<DrillScore, 'endedAt' | 'endedBy'> {
  const { mode, stopped_at: stoppedAt, ends_at: endsAt, restored_at: restoredAt, now } = row;
  const lastMoment = stoppedAt ?? endsAt;
  // While a curable fault is on, no call ends well: the first one that does proves the cure.
  if (CURABLE.has(mode as DrillMode) && restoredAt && restoredAt <= lastMoment)
    return { endedAt: restoredAt, endedBy: 'cure' };
  if (stoppedAt) return { endedAt: stoppedAt, endedBy: 'operator' };
  return endsAt <= now ? { endedAt: endsAt, endedBy: 'time' } : { endedAt: null, endedBy: null };
}

function rankOf(outages: readonly number[], tookMs: number | null): Rank | null {
  return tookMs === null ? null : { place: rankAmong(outages, tookMs), of: outages.length + 1 };
}

/** Measures a drill by the record of its incident, and against the real outages. */
export function scoreDrill(row: DrillRow, outages: Outages): DrillScore {
  const since = (at: Date | null): number | null =>
    at && Math.max(0, at.getTime() - row.started_at.getTime());
  const end = endOf(row);
  const detectedAfterMs = since(row.detected_at);
  // A good answer while an incurable fault is still on is no end of it.
  const restoredAfterMs = end.endedAt ? since(row.restored_at) : null;
  return {
    ...end,
    detectedAfterMs,
    restoredAfterMs,
    detectedRank: rankOf(outages.detected, detectedAfterMs),
    restoredRank: rankOf(outages.restored, restoredAfterMs),
  };
}

/** Best, median and worst of some minutes. */
export function spreadOf(minutes: readonly number[]): { best: number; median: number; worst: number } {
  const sorted = [...minutes].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? 0;
  const middle = (sorted.length - 1) / 2;
  return {
    best: at(0),
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    worst: at(sorted.length - 1),
  };
}
