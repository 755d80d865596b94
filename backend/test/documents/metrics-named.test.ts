import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readRecorded } from '../support/alert-rules.ts';
import { inlineCodeOf, readDocuments } from '../support/documents.ts';
import { metricsIn } from '../support/promql.ts';
import { readExposed } from '../support/read-metrics.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const METRIC = /(?<![\w:])(?:(?:pizza|http|nodejs|process)_[a-z]\w*|slo:[\w:]+)/g;
// Prometheus makes these itself.
const OF_PROMETHEUS = ['up', 'ALERTS', 'ALERTS_FOR_STATE'];

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

it('a metric that a document names is exposed by the running service, or recorded by the rules', async () => {
  const isExposed = await readExposed(service);
  const known = new Set([...readRecorded(), ...OF_PROMETHEUS]);
  const named = readDocuments().flatMap((document) => {
    const metrics = [
      ...inlineCodeOf(document).flatMap((code) => code.match(METRIC) ?? []),
      ...document.blocks
        .filter(({ language }) => language === 'promql')
        .flatMap(({ text }) => metricsIn(text.replace(/#.*$/gm, ''))),
    ];
    return [...new Set(metrics)].map((name) => ({ path: document.path, name }));
  });
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ name }) => !known.has(name) && !isExposed(name))).toEqual([]);
});
