/** How large a drill is. Everything in it is bounded in count and in time. */
export interface Scale {
  diners: number;
  /** Diners order this long before anything happens. */
  warmUpMs: number;
  /** They go on ordering this long after the first proof that all is well. */
  aftermathMs: number;
  throttleMs: number;
  /** How long a factory is away that has no report URL to offer. */
  outageMs: number;
  /** How long a factory takes that is well, where processes are killed: so that a kill meets orders being made. */
  bakingMs: number;
  serviceKills: number;
  /** How often the database fails, in each of its ways. */
  databaseFaults: number;
  /** Restarts of a service with another clock, or without the factory's keys. */
  restarts: number;
  /** How often the database stands still for longer than a lease. */
  stalls: number;
  /** A fault that the service has not cured by then is switched off by hand, and counts as never restored. */
  longestFaultMs: number;
  /** How long the service lets a plain client wait for the truth. */
  plainWaitSeconds: number;
  /** What is not final this long after the last order counts as lost. */
  drainMs: number;
}

export const FULL_SCALE: Scale = {
  diners: 50,
  warmUpMs: 5_000,
  aftermathMs: 10_000,
  throttleMs: 32_000,
  outageMs: 60_000,
  bakingMs: 250,
  serviceKills: 20,
  databaseFaults: 20,
  restarts: 20,
  stalls: 20,
  longestFaultMs: 90_000,
  plainWaitSeconds: 40,
  drainMs: 120_000,
};

/** The same scenarios for a test; the slow factory is still slower than the 5 s after which a pizza counts as slow. */
export const SHORT_SCALE: Scale = {
  diners: 10,
  warmUpMs: 2_000,
  aftermathMs: 2_000,
  throttleMs: 6_500,
  outageMs: 8_000,
  bakingMs: 1_000,
  serviceKills: 1,
  databaseFaults: 1,
  restarts: 1,
  stalls: 1,
  longestFaultMs: 30_000,
  plainWaitSeconds: 8,
  drainMs: 60_000,
};
