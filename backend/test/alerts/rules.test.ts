import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { runChild } from '../../local-stack/child-processes.ts';
import { projectRoot } from '../../local-stack/project-root.ts';
import { findOrInstallPrometheus, type PrometheusPrograms } from '../../local-stack/prometheus-programs.ts';
import { makeScratchFolder } from '../../local-stack/scratch-folder.ts';
import {
  PROMETHEUS_FOLDER,
  RULE_FILES,
  RULE_TEST_FILES,
  readAlerts,
  readRecorded,
  readRules,
  readRuleTests,
  runbookOf,
} from '../support/alert-rules.ts';
import { expressionsFor, readDashboards } from '../support/dashboards.ts';
import { metricsIn } from '../support/promql.ts';
import { readExposed } from '../support/read-metrics.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

// Those that ops/prometheus/alerts.yml has to have: docs/runbooks/README.md lists them for people.
const ALERTS = [
  'MultipleFailedOrders',
  'FactoryProbeFailing',
  'FactorySlow',
  'FactoryBadSignature',
  'FactoryUnreachable',
  'FactoryKeyRefused',
  'AutoRecoveryRan',
  'AutoRecoveryFailed',
  'ReportUrlRejected',
  'OldestOpenOrder',
  'BacklogGrowing',
  'WorkerAbsent',
  'OrderAcceptFastBurn',
  'OrderAcceptSlowBurn',
  'OrderAcceptLeak',
  'OrderDeliveryFastBurn',
  'OrderDeliverySlowBurn',
  'OrderDeliveryLeak',
  'NoOrders',
  'NoTelemetry',
  'LoginAbuse',
  'DbPoolStarved',
  'EventLoopStalled',
  'InvariantViolated',
];
const LONGEST_TEST_MS = 90_000;

let programs: PrometheusPrograms;
beforeAll(async () => {
  programs = await findOrInstallPrometheus(() => undefined);
});

const promtool = (...words: string[]) => runChild(programs.promtool, words, { cwd: PROMETHEUS_FOLDER });

describe('the rules', () => {
  it('are those that operators are promised, each once', () => {
    expect(
      readAlerts()
        .map(({ alert }) => alert)
        .sort(),
    ).toEqual([...ALERTS].sort());
  });

  it('are understood by Prometheus', async () => {
    const { code, output } = await promtool('check', 'rules', ...RULE_FILES);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('SUCCESS') });
  });

  it.each(RULE_TEST_FILES)(
    'fire and stay silent as %s tells',
    async (file) => {
      const { code, output } = await promtool('test', 'rules', file);
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('SUCCESS') });
    },
    LONGEST_TEST_MS,
  );

  it.each(ALERTS)('%s fires in one test and stays silent in another', (name) => {
    const played = readRuleTests()
      .flatMap((test) => test.alert_rule_test)
      .filter(({ alertname }) => alertname === name)
      .map(({ exp_alerts }) => exp_alerts.length > 0);
    expect(new Set(played)).toEqual(new Set([true, false]));
  });
});

describe.each(readAlerts().map((alert) => [alert.alert, alert] as const))('the alert %s', (name, alert) => {
  it('says how urgent it is, what is wrong, and what has been done already', () => {
    expect(['page', 'ticket', 'info']).toContain(alert.labels.severity);
    for (const text of ['summary', 'description', 'done'])
      expect(alert.annotations[text]?.length).toBeGreaterThan(10);
  });

  it('links to a page that is about it', () => {
    const page = join(projectRoot, 'docs/runbooks', runbookOf(alert));
    expect(existsSync(page)).toBe(true);
    const [heading = ''] = readFileSync(page, 'utf8').split('\n');
    expect(heading.replace('# ', '').split(', ')).toContain(name);
  });
});

describe('what the dashboards ask', () => {
  it('is understood by Prometheus, with any value of their variables', async () => {
    const questions = readDashboards().flatMap((dashboard) => expressionsFor(dashboard, 'prometheus'));
    expect(questions.length).toBeGreaterThan(50);
    const rules = questions.map(([, expression], index) => ({
      record: `question:${index}`,
      expr: expression.replace(/\$__\w+/g, '5m').replace(/\$\w+/g, 'any.*'),
    }));
    const folder = makeScratchFolder('dashboards');
    try {
      const file = join(folder.path, 'questions.yml');
      writeFileSync(file, stringify({ groups: [{ name: 'questions', rules }] }));
      const { code, output } = await promtool('check', 'rules', file);
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringContaining(`${rules.length} rules found`),
      });
    } finally {
      folder.remove();
    }
  });
});

describe('what the rules ask', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ isWorkerRunning: false });
  });
  afterAll(() => service.stop());

  it('is about metrics that the running service exposes, and about what the rules record', async () => {
    const isExposed = await readExposed(service);
    // Prometheus itself tells whether it could read a process.
    const known = new Set([...readRecorded(), 'up']);
    const strangers = readRules().flatMap(({ expr }) =>
      metricsIn(expr).filter((metric) => !known.has(metric) && !isExposed(metric)),
    );
    expect(readRules().every(({ expr }) => metricsIn(expr).length > 0)).toBe(true);
    expect(strangers).toEqual([]);
  });
});
