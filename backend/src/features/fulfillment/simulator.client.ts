import { Agent, request } from 'undici';
import { unavailable } from '../../errors.ts';

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
    /** Throws `unavailable` when the simulator does not take it. */
    async setFault(type: 'flaky' | 'none'): Promise<void> {
      const response = await request(`${origin}/api/vendor/chaos/${type}`, {
        method: 'PUT',
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
