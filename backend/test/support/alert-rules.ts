import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const PROMETHEUS_FOLDER = join(import.meta.dirname, '../../../ops/prometheus');

export interface Alert {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: Record<string, string>;
}
interface Recording {
  record: string;
  expr: string;
}
type Rule = Alert | Recording;

interface RuleTest {
  name: string;
  alert_rule_test: { alertname: string; exp_alerts: unknown[] }[];
}

const read = (name: string): unknown => parse(readFileSync(join(PROMETHEUS_FOLDER, name), 'utf8'));

/** The files of rules, as prometheus.yml names them. */
export const RULE_FILES = (read('prometheus.yml') as { rule_files: string[] }).rule_files;
/** What promtool plays. */
export const RULE_TEST_FILES = readdirSync(PROMETHEUS_FOLDER).filter((name) => name.endsWith('.test.yml'));

export function readRules(): Rule[] {
  return RULE_FILES.flatMap((name) =>
    (read(name) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules),
  );
}

/** The names of the series that the rules record. */
export function readRecorded(): string[] {
  return readRules().flatMap((rule) => ('record' in rule ? rule.record : []));
}

export function readAlerts(): Alert[] {
  return readRules().filter((rule) => 'alert' in rule);
}

export function readRuleTests(): RuleTest[] {
  return RULE_TEST_FILES.flatMap((name) => (read(name) as { tests: RuleTest[] }).tests);
}

/** The page of an alert, from the link it carries: what comes after the address of all runbooks. */
export function runbookOf({ annotations }: Alert): string {
  const link = /^\{\{ \$externalLabels\.runbooks \}\}\/([\w-]+\.md)$/.exec(annotations.runbook_url ?? '');
  return link?.[1] ?? '';
}
