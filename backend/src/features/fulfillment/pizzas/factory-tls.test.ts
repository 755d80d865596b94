import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { attemptEnded, placeOrder } from '../../../../test/support/order-flow.ts';
import { readAttempts } from '../../../../test/support/order-rows.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

const folder = join(import.meta.dirname, '../../../../test/support/self-signed');
const requests: string[] = [];
let impostor: Server;
let service: TestService;

beforeAll(async () => {
  const key = readFileSync(join(folder, 'key.pem'));
  const cert = readFileSync(join(folder, 'certificate.pem'));
  impostor = createServer({ key, cert }, (request, response) => {
    requests.push(request.url ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
  const { port } = impostor.address() as AddressInfo;
  service = await startTestService({
    // Or the second attempt could have begun before the first is looked at.
    isWorkerRunning: false,
    settings: { FACTORY_URL: `https://localhost:${port}` },
  });
});
afterAll(async () => {
  await service.stop();
  impostor.close();
});

it('S36: a factory whose certificate nobody vouches for is unreachable, and never learns the order or our key', async () => {
  const { orderId } = await placeOrder(service);
  expect(await attemptEnded(service, orderId, 1)).toBe('waiting');
  const [attempt] = await readAttempts(service, orderId);
  expect(attempt).toMatchObject({ outcome: 'unreachable', status: null });
  expect(requests).toEqual([]);
});
