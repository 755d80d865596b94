import { z } from 'zod';

export const CHAOS_TYPES = [
  'none',
  'fail',
  'badjwt',
  'throttle',
  'error',
  'busy',
  'unreachable',
  'malformed',
  'slow',
  'flaky',
] as const;

export type ChaosType = (typeof CHAOS_TYPES)[number];
export type FaultType = Exclude<ChaosType, 'none'>;

export const chaosTypeSchema = z.enum(CHAOS_TYPES);

export const chaosOptionsSchema = z.strictObject({
  /** How long a call that meets the fault waits; at most ten minutes. */
  delayMs: z.int().min(0).max(600_000).optional(),
  /** The share of calls that meet the fault. */
  rate: z.number().min(0).max(1).optional(),
  /** After this the fault ends by itself; at most a day. */
  durationMs: z.int().min(1).max(86_400_000).optional(),
  /** false: the report is thanked for and the fault stays. */
  reportWorks: z.boolean().optional(),
  reportUrlShape: z.enum(['path', 'query']).optional(),
});

export type ChaosOptions = z.output<typeof chaosOptionsSchema>;
export type ReportUrlShape = NonNullable<ChaosOptions['reportUrlShape']>;

/** As slow as the real factory when it throttles. */
export const THROTTLE_DELAY_MS = 32_000;
/** Just beyond the 5 s after which a pizza counts as slow. */
const SLOW_DELAY_MS = 6_000;
const FLAKY_RATE = 0.3;

/** Answers how long a call waits when the options do not say. */
export function usualDelayMs(type: FaultType): number {
  if (type === 'throttle') return THROTTLE_DELAY_MS;
  return type === 'slow' ? SLOW_DELAY_MS : 0;
}

/** Answers the share of calls a fault meets when the options do not say. */
export function usualRate(type: FaultType): number {
  return type === 'flaky' ? FLAKY_RATE : 1;
}

/** Answers whether the factory hands out a report URL that ends this fault. */
export function hasCure(type: FaultType): boolean {
  return type === 'fail' || type === 'badjwt' || type === 'throttle';
}
