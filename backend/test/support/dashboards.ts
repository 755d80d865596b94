import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../ops/grafana/dashboards');

export interface Source {
  type: string;
  uid: string;
}
interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}
export interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: Place;
  datasource?: Source;
  targets?: { refId: string; expr: string; legendFormat?: string; datasource: Source }[];
  fieldConfig?: { defaults: { unit?: string } };
  options?: { legend?: { showLegend: boolean; displayMode: string } };
  transformations?: { id: string; options: { include?: { names: string[] } } }[];
}
export interface Dashboard {
  id: null;
  uid: string;
  title: string;
  editable: boolean;
  refresh: string;
  schemaVersion: number;
  time: { from: string; to: string };
  panels: Panel[];
  templating: { list: { name: string; multi: boolean; definition: string; datasource: Source }[] };
  annotations: { list: { name: string; expr: string; datasource: Source }[] };
}

/** Every dashboard that Grafana is provisioned with. */
export function readDashboards(): Dashboard[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Dashboard);
}

/** What is drawn: the headings are panels, too. */
export const drawnPanels = ({ panels }: Dashboard): Panel[] => panels.filter(({ type }) => type !== 'row');

/** Every expression of a dashboard that goes to this source, with the name of where it stands. */
export function expressionsFor(dashboard: Dashboard, uid: string): [place: string, expression: string][] {
  const fromPanels = drawnPanels(dashboard).flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, datasource }) => ({ title, expr, datasource })),
  );
  const fromAnnotations = dashboard.annotations.list.map(({ name, ...rest }) => ({ title: name, ...rest }));
  const fromVariables = dashboard.templating.list.map(({ name, definition, datasource }) => {
    const [, expr = ''] = /^label_values\((\w+), \w+\)$/.exec(definition) ?? [];
    return { title: name, expr, datasource };
  });
  return [...fromPanels, ...fromAnnotations, ...fromVariables]
    .filter(({ datasource }) => datasource.uid === uid)
    .map(({ title, expr }) => [`${dashboard.title}, ${title}`, expr]);
}
