import { Agent, request } from 'undici';
import type { DRILL_MODES } from '#contract/drill.ts';
import { unavailable } from '../../../errors.ts';

type SimulatedFault = (typeof DRILL_MODES)[number] | 'flaky';

const TIMEOUT_MS = 5_000;
const RETRY_AFTER_SECONDS = 5;

/** Switches faults of the simulated factory; a real one offers nothing of the kind to us. */
export function createSimulatorClient(origin: string) {
  const agent = new Agent({
    connect: { timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  return {
    /** With a duration the fault ends by itself, whatever becomes of us. Throws `unavailable` when it is not taken. */
    async setFault(type: SimulatedFault | 'none', options: { durationMs?: number } = {}): Promise<void> {
      const response = await request(`${origin}/api/vendor/chaos/${type}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(options),
        dispatcher: agent,
      }).catch(() => undefined);
      await response?.body.dump();
      if (response?.statusCode !== 200)
        throw unavailable('the simulated factory did not answer', RETRY_AFTER_SECONDS);
    },
    close: (): Promise<void> => agent.destroy(),
  };
}

export type SimulatorClient = ReturnType<typeof createSimulatorClient>;
