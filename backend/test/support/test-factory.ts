import { startSimulator } from '../../factory-simulator/start-simulator.ts';

const API_KEY = 'test-factory-key-5f1c';

interface Journal {
  calls: { at: string; kind: string; orderId: number | null; status: number }[];
  pizzas: { at: string; orderId: number; jwt: string }[];
}

export interface TestFactory {
  origin: string;
  apiKey: string;
  /** Switches a fault on (`none` ends it); takes effect at once. */
  setFault(type: string, options?: Record<string, unknown>): Promise<void>;
  journal(): Promise<Journal>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** A simulated factory of this test's own, spoken to as the outside system it is. */
export async function startTestFactory(apiKey = API_KEY): Promise<TestFactory> {
  const simulator = await startSimulator({
    port: 0,
    host: '127.0.0.1',
    apiKeys: [apiKey],
    issuer: '127.0.0.1',
  });
  const control = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${simulator.origin}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    origin: simulator.origin,
    apiKey,
    setFault: async (type, options = {}) => {
      await control('PUT', `/api/vendor/chaos/${type}`, options);
    },
    journal: async () => (await control('GET', '/api/simulator/journal')).json() as Promise<Journal>,
    reset: async () => {
      await control('POST', '/api/simulator/reset');
    },
    close: () => simulator.close(),
  };
}
