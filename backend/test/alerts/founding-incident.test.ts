import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../local-stack/project-root.ts';
import { findOrInstallPrometheus } from '../../local-stack/prometheus-programs.ts';
import { aDemoDiner } from '../support/demo-diner.ts';
import { eventually } from '../support/eventually.ts';
import { type PushReceiver, startPushReceiver } from '../support/push-receiver.ts';
import { demoSettings, type ServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestFactory, type TestFactory } from '../support/test-factory.ts';
import { startWatchers, type Watchers } from '../support/watchers.ts';

const METRICS_TOKEN = 'a-token-only-for-this-replay';
// On 2025-04-08 the page came five minutes after the first refused order.
const PAGED_WITHIN_MS = 30_000;
const SOON_MS = 30_000;
const WHOLE_TEST_MS = 90_000;

interface Page {
  status: string;
  alerts: { labels: Record<string, string>; annotations: Record<string, string>; startsAt: string }[];
}

let database: TestDatabase;
let factory: TestFactory;
let phone: PushReceiver;
let service: ServiceProcess;
let watchers: Watchers;
let origin: string;

beforeAll(async () => {
  const programs = await findOrInstallPrometheus(() => undefined);
  [database, factory, phone] = await Promise.all([
    createTestDatabase(),
    startTestFactory(),
    startPushReceiver(),
  ]);
  phone.answer = 200;
  service = startServiceProcess({
    ...demoSettings({ database, factory }),
    // As it was then: the cure is in the answer, and nobody reads it.
    FACTORY_RECOVERY: 'off',
    METRICS_TOKEN,
  });
  origin = await service.ready();
  const hook = (name: string): string => `http://${phone.host}/${name}`;
  watchers = await startWatchers({
    programs,
    service: new URL(origin).host,
    metricsToken: METRICS_TOKEN,
    webhooks: { PAGE: hook('page'), TICKET: hook('ticket'), INFO: hook('info') },
  });
  await eventually(
    'Prometheus reads the service',
    async () => (await watchers.query('up{job="jwt-pizza"}')) === 1,
    SOON_MS,
  );
}, WHOLE_TEST_MS);

afterAll(async () => {
  await watchers?.stop();
  service?.child.kill('SIGTERM');
  await service?.ended();
  await phone?.close();
  await factory?.close();
  await database?.drop();
});

describe('the founding incident, played again with the recovery switched off', () => {
  it(
    'pages the phone service within 30 s of the first failure, with the link to what to do',
    async () => {
      await factory.setFault('fail');
      const diner = await aDemoDiner(origin);
      const failedAtMs = Date.now();
      for (let order = 1; order <= 3; order += 1) {
        expect((await diner.order('respond-async, wait=0')).status).toBe(202);
      }
      const page = await eventually(
        'the phone rings',
        () =>
          phone.pushes
            .filter(({ path }) => path === '/page')
            .map(({ body }) => JSON.parse(body) as Page)
            .find(({ alerts }) => alerts.some(({ labels }) => labels.alertname === 'MultipleFailedOrders')),
        PAGED_WITHIN_MS - (Date.now() - failedAtMs),
      );
      const rangAfterMs = Date.now() - failedAtMs;
      expect(page.status).toBe('firing');
      const [alert] = page.alerts;
      expect(alert?.labels).toMatchObject({ alertname: 'MultipleFailedOrders', severity: 'page' });
      expect(alert?.annotations.done).toContain('Every order is stored');
      const link = new URL(alert?.annotations.runbook_url ?? '');
      const runbook = link.pathname.slice(link.pathname.indexOf('/docs/runbooks/') + 1);
      expect(runbook).toBe('docs/runbooks/multiple-failed-orders.md');
      expect(existsSync(join(projectRoot, runbook))).toBe(true);
      expect(rangAfterMs).toBeLessThan(PAGED_WITHIN_MS);
      // Nobody had read the cure: the factory was told of nothing.
      expect((await factory.journal()).calls.filter(({ kind }) => kind === 'report')).toEqual([]);
      process.stdout.write(
        `founding incident: the phone rang ${(rangAfterMs / 1000).toFixed(1)} s after the first failed order\n`,
      );
    },
    WHOLE_TEST_MS,
  );
});
