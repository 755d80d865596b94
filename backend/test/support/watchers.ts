import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { startChild, stopChild } from '../../local-stack/child-processes.ts';
import { pickFreePort } from '../../local-stack/ports.ts';
import type { PrometheusPrograms } from '../../local-stack/prometheus-programs.ts';
import { makeScratchFolder } from '../../local-stack/scratch-folder.ts';
import { PROMETHEUS_FOLDER, RULE_FILES } from './alert-rules.ts';
import { eventually } from './eventually.ts';

const TEMPLATE = join(import.meta.dirname, '../../../ops/alertmanager/alertmanager.template.yml');
const STARTED_WITHIN_MS = 20_000;

/** The settings of Alertmanager as compose.yaml fills them in. */
export function fillAlertmanagerTemplate(addresses: Record<'PAGE' | 'TICKET' | 'INFO', string>): string {
  return readFileSync(TEMPLATE, 'utf8').replace(
    /\$\{(PAGE|TICKET|INFO)_WEBHOOK_URL\}/g,
    (_placeholder, name: 'PAGE' | 'TICKET' | 'INFO') => addresses[name],
  );
}

interface PrometheusSettings {
  rule_files: string[];
  alerting: { alertmanagers: { static_configs: { targets: string[] }[] }[] };
  scrape_configs: { static_configs: { targets: string[] }[]; dns_sd_configs?: unknown }[];
}

/** The shipped settings of Prometheus, with the addresses of this machine in place of those of the compose network. */
function placePrometheusSettings(
  folder: string,
  at: { service: string; alertmanager: string; metricsToken: string },
): string {
  const settings = parse(
    readFileSync(join(PROMETHEUS_FOLDER, 'prometheus.yml'), 'utf8'),
  ) as PrometheusSettings;
  settings.rule_files = RULE_FILES.map((name) => join(PROMETHEUS_FOLDER, name));
  settings.alerting.alertmanagers = [{ static_configs: [{ targets: [at.alertmanager] }] }];
  for (const scraped of settings.scrape_configs) {
    scraped.static_configs = [{ targets: [at.service] }];
    delete scraped.dns_sd_configs;
  }
  writeFileSync(join(folder, 'metrics-token'), at.metricsToken);
  const path = join(folder, 'prometheus.yml');
  writeFileSync(path, stringify(settings));
  return path;
}

export interface Watchers {
  /** Answers the value of an expression of one series; undefined when there is none. */
  query(expression: string): Promise<number | undefined>;
  stop(): Promise<void>;
}

/** Prometheus and Alertmanager on free ports of this machine, with the settings and rules that we ship. */
export async function startWatchers(options: {
  programs: PrometheusPrograms;
  /** host:port of the service. */
  service: string;
  metricsToken: string;
  webhooks: Record<'PAGE' | 'TICKET' | 'INFO', string>;
}): Promise<Watchers> {
  const { programs } = options;
  const folder = makeScratchFolder('watchers');
  const place = (name: string): string => join(folder.path, name);
  const alertmanager = `127.0.0.1:${await pickFreePort()}`;
  const prometheus = `127.0.0.1:${await pickFreePort()}`;
  writeFileSync(place('alertmanager.yml'), fillAlertmanagerTemplate(options.webhooks));
  const config = placePrometheusSettings(folder.path, { ...options, alertmanager });
  const children = [
    startChild(
      programs.alertmanager,
      [
        `--config.file=${place('alertmanager.yml')}`,
        `--storage.path=${place('alertmanager')}`,
        `--web.listen-address=${alertmanager}`,
        // Alone: it looks for no others.
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    ),
    startChild(
      programs.prometheus,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${place('prometheus')}`,
        `--web.listen-address=${prometheus}`,
      ],
      { stdio: 'ignore' },
    ),
  ];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => stopChild(child)));
    folder.remove();
  };
  const isReady = (address: string) => async (): Promise<boolean> =>
    fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    for (const address of [alertmanager, prometheus])
      await eventually(`${address} is ready`, isReady(address), STARTED_WITHIN_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    async query(expression) {
      const url = `http://${prometheus}/api/v1/query?query=${encodeURIComponent(expression)}`;
      const { data } = (await (await fetch(url)).json()) as {
        data: { result: { value: [number, string] }[] };
      };
      const value = data.result[0]?.value[1];
      return value === undefined ? undefined : Number(value);
    },
  };
}
