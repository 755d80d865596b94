import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { drawnPanels, expressionsFor, type Panel, readDashboards } from '../support/dashboards.ts';
import { eventually } from '../support/eventually.ts';
import { attemptEnded, placeOrder } from '../support/order-flow.ts';
import { groupingsIn, matchersIn, metricsIn } from '../support/promql.ts';
import { readExposed, readMetrics, type Sample } from '../support/read-metrics.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const GRAFANA = join(import.meta.dirname, '../../../ops/grafana');
const SOON_MS = 10_000;
const COLUMNS = 24;
const MOST_PANELS_OF_A_SECTION = 12;
// Prometheus makes this one out of its rules.
const NOT_OURS = ['ALERTS'];
// Prometheus gives these to every series and to the buckets of every histogram.
const GIVEN_LABELS = ['instance', 'job', 'le'];
// Absent while nobody probes, and this service does not.
const WITHOUT_SERIES = ['pizza_factory_probe_up'];

const dashboards = readDashboards();
const named = dashboards.map((dashboard) => [dashboard.title, dashboard] as const);

it('two dashboards are provisioned, under addresses that stay', () => {
  expect(dashboards.map(({ title, uid }) => [title, uid])).toEqual([
    ['Factory', 'jwt-pizza-factory'],
    ['Pizza', 'jwt-pizza'],
  ]);
});

describe.each(named)('the dashboard %s', (_title, dashboard) => {
  const panels = drawnPanels(dashboard);

  it('shows the last hour, anew every ten seconds, and is changed in this project only', () => {
    const { id, editable, refresh, time, schemaVersion } = dashboard;
    expect({ id, editable, refresh, time }).toEqual({
      id: null,
      editable: false,
      refresh: '10s',
      time: { from: 'now-1h', to: 'now' },
    });
    expect(schemaVersion).toBeGreaterThanOrEqual(41);
  });

  it('lays its panels on the grid, none over another', () => {
    const taken = new Map<string, string>();
    const faults: string[] = [];
    for (const { title, gridPos } of dashboard.panels) {
      const { x, y, w, h } = gridPos;
      if (x < 0 || w < 1 || h < 1 || x + w > COLUMNS) faults.push(`${title} is beside the grid`);
      for (let column = x; column < x + w; column += 1) {
        for (let line = y; line < y + h; line += 1) {
          const other = taken.get(`${column},${line}`);
          if (other !== undefined) faults.push(`${title} lies over ${other}`);
          taken.set(`${column},${line}`, title);
        }
      }
    }
    expect([...new Set(faults)]).toEqual([]);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  it('shows no more under one heading than fits on a screen', () => {
    const sections: Panel[][] = [];
    for (const panel of dashboard.panels) {
      if (panel.type === 'row') sections.push([]);
      else sections.at(-1)?.push(panel);
    }
    expect(dashboard.panels[0]?.type).toBe('row');
    expect(sections.filter(({ length }) => length === 0 || length > MOST_PANELS_OF_A_SECTION)).toEqual([]);
  });

  it('says of every panel what it is, how it is read and in what unit it counts', () => {
    const bare = panels.filter(
      ({ title, description, fieldConfig }) =>
        title === '' || (description ?? '').length < 50 || !fieldConfig?.defaults.unit,
    );
    expect(bare.map(({ title }) => title)).toEqual([]);
  });

  it('names every line that it draws in a legend', () => {
    const drawn = panels.filter(({ type }) => type === 'timeseries');
    expect(drawn.length).toBeGreaterThan(5);
    const unnamed = drawn.filter(
      ({ options, targets = [] }) =>
        options?.legend?.showLegend !== true || targets.some(({ legendFormat }) => !legendFormat),
    );
    expect(unnamed.map(({ title }) => title)).toEqual([]);
  });

  it('asks the two sources that are provisioned and no other', () => {
    const { datasources } = parse(
      readFileSync(join(GRAFANA, 'provisioning/datasources/datasources.yaml'), 'utf8'),
    ) as { datasources: { uid: string; type: string }[] };
    const provisioned = datasources.map(({ uid, type }) => `${type} ${uid}`);
    const asked = [
      ...panels.flatMap(({ datasource, targets = [] }) => [
        datasource,
        ...targets.map((target) => target.datasource),
      ]),
      ...dashboard.annotations.list.map(({ datasource }) => datasource),
      ...dashboard.templating.list.map(({ datasource }) => datasource),
    ];
    const strangers = asked.filter((source) => !provisioned.includes(`${source?.type} ${source?.uid}`));
    expect(strangers).toEqual([]);
  });

  it('uses only the variables that it offers', () => {
    const offered = dashboard.templating.list.map(({ name }) => `$${name}`);
    const used = [...expressionsFor(dashboard, 'prometheus'), ...expressionsFor(dashboard, 'loki')].flatMap(
      ([, expression]) => expression.match(/\$\w+/g) ?? [],
    );
    const own = new Set(used.filter((name) => !name.startsWith('$__')));
    expect([...own].sort()).toEqual(offered.sort());
    expect(dashboard.templating.list.every(({ multi }) => multi)).toBe(true);
  });
});

describe('what the dashboards ask', () => {
  let service: TestService;
  let isExposed: (metric: string) => boolean;
  let samples: Sample[];
  let line: Record<string, unknown>;
  beforeAll(async () => {
    service = await startTestService({ isWorkerRunning: false, settings: { FACTORY_RECOVERY: 'act' } });
    await service.factory.setFault('fail');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    line = await eventually(
      'the attempt is logged',
      () => service.logLines().find(({ message }) => message === 'factory attempt'),
      SOON_MS,
    );
    isExposed = await readExposed(service);
    samples = (await readMetrics(service)).samples;
  });
  afterAll(() => service.stop());

  const questions = dashboards.flatMap((dashboard) => expressionsFor(dashboard, 'prometheus'));
  const seriesOf = (metric: string): Sample[] => samples.filter(({ name }) => name === metric);

  it('of Prometheus is about metrics that the running service exposes', () => {
    expect(questions.length).toBeGreaterThan(50);
    const unknown = questions.flatMap(([place, expression]) => {
      const metrics = metricsIn(expression).filter((name) => !NOT_OURS.includes(name));
      const strangers = metrics.filter((name) => !isExposed(name));
      return [...strangers, ...(metricsIn(expression).length === 0 ? ['nothing'] : [])].map(
        (name) => `${place}: ${name}`,
      );
    });
    expect(unknown).toEqual([]);
  });

  it('of Prometheus is about labels and values that these metrics have', () => {
    const unknown = questions.flatMap(([place, expression]) => {
      const metrics = metricsIn(expression).filter(
        (name) => ![...NOT_OURS, ...WITHOUT_SERIES].includes(name),
      );
      const asked = matchersIn(expression).filter(({ metric }) => metrics.includes(metric));
      const strangers = asked.filter(
        ({ metric, label, isExact, value }) =>
          !GIVEN_LABELS.includes(label) &&
          !seriesOf(metric).some(({ labels }) => (isExact ? labels[label] === value : label in labels)),
      );
      const grouped = groupingsIn(expression).filter(
        (label) =>
          metrics.length > 0 &&
          !GIVEN_LABELS.includes(label) &&
          !metrics.some((metric) => seriesOf(metric).some(({ labels }) => label in labels)),
      );
      return [...strangers.map(({ metric, label }) => `${metric}{${label}}`), ...grouped].map(
        (name) => `${place}: ${name}`,
      );
    });
    expect(unknown).toEqual([]);
  });

  it('of Loki is about fields that an attempt is logged with', () => {
    const columns = dashboards
      .flatMap(drawnPanels)
      .flatMap(({ transformations = [] }) => transformations)
      .flatMap(({ options }) => options.include?.names ?? [])
      .filter((name) => name !== 'Time');
    expect(columns).toContain('outcome');
    // Only a pizza has a signature.
    expect(columns.filter((name) => !(name in line))).toEqual(['signatureVerdict']);
  });
});
