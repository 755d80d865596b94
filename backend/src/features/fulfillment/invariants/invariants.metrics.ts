import { Gauge, type Registry } from 'prom-client';
import type { Logger } from '../../../observability/logger.ts';
import { INVARIANT_NAMES, type Invariants } from './invariants.service.ts';

// A look reads the orders of these hours; what is older has been looked at before.
const LOOKED_BACK_HOURS = 2;

/** Looks now and then whether what must always hold still does, and tells it to the metrics and, when it does not, to the log. */
export function createInvariantWatch(parts: { registry: Registry; invariants: Invariants; log: Logger }) {
  const { registry, invariants, log } = parts;
  const violations = new Gauge({
    name: 'pizza_invariant_violations',
    help: 'Orders of the last hours that break an invariant, as the last look of this process found them',
    labelNames: ['invariant'],
    registers: [registry],
  });
  const lookedAt = new Gauge({
    name: 'pizza_invariants_last_look_timestamp_seconds',
    help: 'When this process last looked at the invariants, in Unix time',
    registers: [registry],
  });
  for (const invariant of INVARIANT_NAMES) violations.set({ invariant }, 0);

  return {
    async look(): Promise<void> {
      for (const checked of await invariants.check({ placedWithinHours: LOOKED_BACK_HOURS })) {
        violations.set({ invariant: checked.name }, checked.violations);
        if (checked.violations === 0) continue;
        const { name: invariant, sentence, violations: orders, examples } = checked;
        log.error({ invariant, orders, examples }, `an invariant is broken: ${sentence}`);
      }
      lookedAt.setToCurrentTime();
    },
  };
}
