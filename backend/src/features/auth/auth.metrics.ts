import { Counter, Gauge, type Registry } from 'prom-client';
import { Refusal } from '../../errors.ts';
import type { Passwords } from './passwords.ts';

const ACTIONS = ['log_in', 'register'] as const;
const RESULTS = ['success', 'refused', 'throttled', 'unavailable', 'fault'] as const;
type Result = (typeof RESULTS)[number];

function resultOf(error: unknown): Result {
  if (!(error instanceof Refusal)) return 'fault';
  if (error.code === 'too_many_requests') return 'throttled';
  return error.code === 'unavailable' ? 'unavailable' : 'refused';
}

/** Who comes in and who does not, and how many wait for their password to be hashed. */
export function createAuthMetrics(registry: Registry, passwords: Passwords) {
  const attempts = new Counter({
    name: 'pizza_authentication_attempts_total',
    help: 'Log-ins and registrations by result',
    labelNames: ['action', 'result'],
    registers: [registry],
  });
  for (const action of ACTIONS) for (const result of RESULTS) attempts.inc({ action, result }, 0);
  new Gauge({
    name: 'pizza_log_in_queue',
    help: 'Password hashes that are being computed, and those that wait for their turn',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { running, waiting } = passwords.load();
      this.set({ state: 'running' }, running);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  return {
    /** Counts what an attempt comes to, and hands its answer or its error on. */
    async count<T>(action: (typeof ACTIONS)[number], attempt: Promise<T>): Promise<T> {
      try {
        const answer = await attempt;
        attempts.inc({ action, result: 'success' });
        return answer;
      } catch (error) {
        attempts.inc({ action, result: resultOf(error) });
        throw error;
      }
    },
  };
}

export type AuthMetrics = ReturnType<typeof createAuthMetrics>;
