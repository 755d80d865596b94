import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aStoredOrder, aUser } from '../../../test/support/builders.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { inTransaction } from '../../database/transaction.ts';
import { lockOrder } from '../fulfillment/orders/order-transitions.repository.ts';
import { refreshFigures } from './incident-figures.repository.ts';
import { findIncident } from './incident-records.repository.ts';
import { insertIncident } from './incidents.repository.ts';

const A_MINUTE_MS = 60_000;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

it('the figures of an incident are brought up to date while an order of it is being settled', async () => {
  const { db } = service;
  const diner = await aUser(service);
  const orderId = await aStoredOrder(service, { dinerId: diner.id, state: 'waiting', total: 0.0038 });
  const startedAt = new Date(Date.now() - A_MINUTE_MS);
  const fault = { factory: service.factory.origin, mode: 'fail', detectedBy: 'order' } as const;
  const incidentId = await insertIncident(db, { ...fault, startedAt, now: startedAt });
  await inTransaction(db, async (transaction) => {
    await lockOrder(transaction, orderId);
    await refreshFigures(db, incidentId);
  });
  expect(await findIncident(db, incidentId)).toMatchObject({
    orders_delayed: 1,
    orders_failed: 0,
    diners: 1,
    value: '0.00380000',
  });
});
