import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../local-stack/project-root.ts';
import { readAlerts, readRecorded } from '../support/alert-rules.ts';
import { readSettingNames } from '../support/compose-file.ts';
import { type Document, inlineCodeOf, linkTextsOf, readDocuments } from '../support/documents.ts';
import { metricsIn } from '../support/promql.ts';
import { readExposed } from '../support/read-metrics.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const documents = readDocuments();
const RUNBOOKS = 'docs/runbooks/';

const METRIC = /(?<![\w:])(?:(?:pizza|http|nodejs|process)_[a-z]\w*|slo:[\w:]+)/g;
// Prometheus makes these itself.
const OF_PROMETHEUS = ['up', 'ALERTS', 'ALERTS_FOR_STATE'];

const CAMEL_CASE = /\b(?:[A-Z][a-z]+){2,}\b/g;
/** Words in CamelCase that are no alerts. */
const NO_ALERTS: Record<string, string> = {
  EventSource: 'what browsers read event streams with',
};

const SETTING = /^([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)(?:=.*)?$|^([A-Z][A-Z\d]*)=/;
/** Words in capitals that are neither in `.env.example` nor in ops/README.md, and a file that reads or explains each. */
const READ_ELSEWHERE: Record<string, string> = {
  TEST_DATABASE_URL: 'backend/test/support/global-setup.ts',
  E2E_TRACE: 'frontend/e2e/playwright.config.ts',
  IDEMPOTENCY_KEYS: 'backend/test/api/idempotency.test.ts',
  FACTORY_SIMULATOR_HOST: 'backend/factory-simulator/settings.ts',
  STOREFRONT_WORKER: 'frontend/shell-of-worker.ts',
  OTEL_EXPORTER_OTLP_HEADERS: '.env.example',
  OTEL_RESOURCE_ATTRIBUTES: '.env.example',
  AUDIT_ACTIONS: 'backend/contract/operations.ts',
};

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** What is named, with the document that names it. */
const named = (namesOf: (document: Document) => string[]): { path: string; name: string }[] =>
  documents.flatMap((document) =>
    [...new Set(namesOf(document))].map((name) => ({ path: document.path, name })),
  );

describe('a metric that a document names', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ isWorkerRunning: false });
  });
  afterAll(() => service.stop());

  it('is exposed by the running service, or recorded by the rules', async () => {
    const isExposed = await readExposed(service);
    const known = new Set([...readRecorded(), ...OF_PROMETHEUS]);
    const metrics = named((document) => [
      ...inlineCodeOf(document).flatMap((code) => code.match(METRIC) ?? []),
      ...document.blocks
        .filter(({ language }) => language === 'promql')
        .flatMap(({ text }) => metricsIn(text.replace(/#.*$/gm, ''))),
    ]);
    expect(metrics.length).toBeGreaterThan(20);
    expect(metrics.filter(({ name }) => !known.has(name) && !isExposed(name))).toEqual([]);
  });
});

describe('an alert that a document names', () => {
  const alerts = readAlerts().map(({ alert }) => alert);

  it('is one of the rules', () => {
    // Runbooks speak of alerts without backticks, too, and of the last part of a name when they speak of several.
    const words = named((document) =>
      (document.path.startsWith(RUNBOOKS)
        ? [document.prose]
        : [...inlineCodeOf(document).filter((code) => /^\w+$/.test(code)), ...linkTextsOf(document)]
      ).flatMap((text) => text.match(CAMEL_CASE) ?? []),
    );
    const isKnown = (name: string): boolean =>
      name in NO_ALERTS || alerts.some((alert) => alert.endsWith(name));
    expect(words.length).toBeGreaterThan(20);
    expect(words.filter(({ name }) => !isKnown(name))).toEqual([]);
  });

  it('is in the list of runbooks, which has all of them', () => {
    const list = new Set<string>(read(`${RUNBOOKS}README.md`).match(CAMEL_CASE));
    expect(alerts.filter((alert) => !list.has(alert))).toEqual([]);
  });
});

describe('a setting that a document names', () => {
  const settingsOf = (document: Document): string[] => {
    const blocks = document.blocks.filter(({ language }) => language === 'sh');
    // In a block the settings of a command stand before it; capitals elsewhere are its own variables.
    const ofBlocks = blocks.flatMap(({ text }) =>
      [...text.matchAll(/^[A-Z][A-Z\d_]*=(?=\S* +(?:npm|node|docker) )/gm)].map(([setting]) => setting),
    );
    return [...inlineCodeOf(document), ...ofBlocks].flatMap((code) => {
      const [, withParts, single] = SETTING.exec(code) ?? [];
      return withParts ?? single ?? [];
    });
  };

  it('is in .env.example, or explained in ops/README.md, or read by what is listed here', () => {
    const ofOperators = read('ops/README.md').match(/(?<=`)[A-Z][A-Z\d_]+(?=`)/g) ?? [];
    const known = new Set([...readSettingNames(), ...ofOperators, ...Object.keys(READ_ELSEWHERE)]);
    const settings = named(settingsOf);
    expect(settings.length).toBeGreaterThan(30);
    expect(settings.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it.each(Object.entries(READ_ELSEWHERE))('%s stands in %s', (name, path) => {
    expect(read(path).includes(name)).toBe(true);
  });

  it('is in .env.example once', () => {
    const names = readSettingNames();
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });
});
