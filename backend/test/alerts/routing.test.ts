import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runChild } from '../../local-stack/child-processes.ts';
import { findOrInstallPrometheus, type PrometheusPrograms } from '../../local-stack/prometheus-programs.ts';
import { makeScratchFolder } from '../../local-stack/scratch-folder.ts';
import { readAlerts } from '../support/alert-rules.ts';
import { fillAlertmanagerTemplate } from '../support/watchers.ts';

const folder = makeScratchFolder('routing');
const config = join(folder.path, 'alertmanager.yml');
let programs: PrometheusPrograms;

beforeAll(async () => {
  programs = await findOrInstallPrometheus(() => undefined);
  const hook = (name: string): string => `https://phone.example/${name}`;
  writeFileSync(
    config,
    fillAlertmanagerTemplate({ PAGE: hook('page'), TICKET: hook('ticket'), INFO: hook('info') }),
  );
});
afterAll(() => folder.remove());

const amtool = (...words: string[]) => runChild(programs.amtool, words);

async function receiverOf(...labels: string[]): Promise<string> {
  const { output } = await amtool('config', 'routes', 'test', `--config.file=${config}`, ...labels);
  return output.replace(/Warning: .*/, '').trim();
}

describe('who is told', () => {
  it('is written so that Alertmanager understands it', async () => {
    const { code, output } = await amtool('check-config', config);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('3 receivers') });
  });

  it.each(['page', 'ticket', 'info'])('of a %s is the receiver of that name', async (severity) => {
    expect(await receiverOf(`severity=${severity}`, 'alertname=Any')).toBe(severity);
  });

  it('of an alert without a severity is who looks at tickets: none is lost', async () => {
    expect(await receiverOf('alertname=Foreign')).toBe('ticket');
  });

  it('of a page is told at once for whatever a person must mend', () => {
    const pages = readAlerts().filter(({ labels }) => labels.severity === 'page');
    expect(pages.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        'MultipleFailedOrders',
        'FactoryKeyRefused',
        'AutoRecoveryFailed',
        'WorkerAbsent',
      ]),
    );
    expect(pages.map(({ alert }) => alert)).not.toContain('AutoRecoveryRan');
  });
});
