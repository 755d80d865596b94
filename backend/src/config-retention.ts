import { z } from 'zod';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_DAYS = 36_500;
// Operators look a month back, and whoever asks about an order has asked by then.
const LEAST_DAYS = 31;

const days = (fallback: number, least = LEAST_DAYS) =>
  z.coerce.number().int().min(least).max(LONGEST_DAYS).default(fallback);

/** For how long what grows is kept (S49). Orders, and what they cost, are kept for ever. */
export const retentionSettings = {
  KEEP_EXPIRED_HOURS: z.coerce.number().int().min(0).max(LONGEST_DAYS).default(0),
  KEEP_ORDER_HISTORY_DAYS: days(180),
  KEEP_FACTORY_ATTEMPTS_DAYS: days(90),
  KEEP_IDEMPOTENCY_KEYS_DAYS: days(30, 1),
  KEEP_INCIDENTS_DAYS: days(400),
  KEEP_AUDIT_DAYS: days(400),
};

type RetentionSettings = { [Name in keyof typeof retentionSettings]: number };

export interface KeepTimes {
  /** Beyond its end: a session, a link, a count that limits somebody. */
  readonly expiredMs: number;
  readonly orderHistoryMs: number;
  readonly factoryAttemptsMs: number;
  readonly idempotencyKeysMs: number;
  readonly incidentsMs: number;
  readonly auditMs: number;
}

export function readKeepTimes(settings: RetentionSettings): KeepTimes {
  return {
    expiredMs: settings.KEEP_EXPIRED_HOURS * HOUR_MS,
    orderHistoryMs: settings.KEEP_ORDER_HISTORY_DAYS * DAY_MS,
    factoryAttemptsMs: settings.KEEP_FACTORY_ATTEMPTS_DAYS * DAY_MS,
    idempotencyKeysMs: settings.KEEP_IDEMPOTENCY_KEYS_DAYS * DAY_MS,
    incidentsMs: settings.KEEP_INCIDENTS_DAYS * DAY_MS,
    auditMs: settings.KEEP_AUDIT_DAYS * DAY_MS,
  };
}
