import { startTestService, type TestService } from '../support/test-service.ts';

/** A service that calls of every kind may be made to: no limit stops them, and no order keeps them waiting. */
export function startFuzzService(): Promise<TestService> {
  return startTestService({
    isWorkerRunning: false,
    settings: { ORDER_SYNC_BUDGET_SECONDS: '1', FACTORY_SIMULATED: '1', TRUST_PROXY: '1' },
  });
}
