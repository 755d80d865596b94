import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { projectRoot } from '../../local-stack/project-root.ts';
import { makeScratchFolder } from '../../local-stack/scratch-folder.ts';
import { readConfig } from '../../src/config.ts';
import { composeText, readComposeFile, readSettingNames } from '../support/compose-file.ts';

const { services, volumes, networks, secrets } = readComposeFile();
const { service, worker, mysql, alertmanager } = services;
const all = Object.entries(services);
const settings = readSettingNames();
// What a container's own place says (where it listens, what is outside) and what is for the demo on one machine.
const FIXED = ['PORT', 'HOST', 'METRICS_PORT', 'DATA_DIR', 'DEMO', 'FACTORY_SIMULATOR_PORT'];
const REQUIRED_SETTINGS = {
  DATABASE_URL: 'mysql://db.example/pizza',
  JWT_SECRET: 'a-text-of-more-than-thirty-two-bytes',
  PASSWORD_PEPPER: 'another-text-of-more-than-thirty-two-bytes',
  PUBLIC_URL: 'https://pizza.example',
  FACTORY_URL: 'https://factory.example',
  FACTORY_API_KEY: 'a-key',
};
const SECRET_NAMES = /PASSWORD$|SECRET|TOKEN|PEPPER|API_KEY|WEBHOOK/;

/** A list of `source:target[:ro]`. */
const mountsOf = (name: string) =>
  (services[name]?.volumes ?? []).map((mount) => {
    const [source = '', target = '', mode] = mount.split(':');
    return { source, target, mode };
  });
/** As compose hands a text on: `$$` is a dollar sign. */
const unescaped = (text: string): string => text.replaceAll('$$', '$');

describe('the compose file', () => {
  it('starts the service and what watches it, each again after a crash and with logs that end', () => {
    expect(Object.keys(services).sort()).toEqual([
      'alertmanager',
      'grafana',
      'loki',
      'mysql',
      'prometheus',
      'service',
      'worker',
    ]);
    const faults = all.filter(
      ([, { restart, logging, security_opt }]) =>
        restart !== 'unless-stopped' ||
        !logging?.options['max-size'] ||
        !security_opt?.includes('no-new-privileges:true'),
    );
    expect(faults.map(([name]) => name)).toEqual([]);
  });

  it('names every image of others by its version', () => {
    const foreign = all.filter(([, { build }]) => !build).map(([, { image }]) => image);
    expect(foreign).toHaveLength(5);
    expect(foreign.filter((image) => !/:v?\d+\.\d+\.\d+$/.test(image))).toEqual([]);
    expect(composeText).not.toMatch(/:latest\b/);
  });

  it('publishes the service, Grafana on this machine only, and nothing else', () => {
    const published = all.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    expect(published).toEqual([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: compose's own variables.
      'service ${PORT:-3000}:3000',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: compose's own variables.
      'grafana 127.0.0.1:${GRAFANA_PORT:-3030}:3000',
    ]);
    expect(networks.database?.internal).toBe(true);
    expect(mysql?.networks).toEqual(['database']);
  });

  const written = all.flatMap(([name]) => mountsOf(name)).filter(({ source }) => source.startsWith('.'));
  it.each(written)('mounts $source, which exists, read-only', ({ source, mode }) => {
    expect(existsSync(join(projectRoot, 'ops', source))).toBe(true);
    expect(mode).toBe('ro');
  });

  it('keeps data in volumes that it declares, and declares no other', () => {
    const used = all
      .flatMap(([name]) => mountsOf(name))
      .filter(({ source }) => !source.startsWith('.'))
      .map(({ source }) => source);
    expect(used.sort()).toEqual(Object.keys(volumes).sort());
  });

  it('has no variable that nobody is told of', () => {
    const told = readFileSync(join(projectRoot, 'ops/README.md'), 'utf8');
    const names = [...composeText.replaceAll('$$', '').matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !settings.includes(name) && !told.includes(`\`${name}\``))).toEqual([]);
  });

  it('holds no secret: each comes from outside, and without one that is needed nothing starts', () => {
    const secretsOfAll = all.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => SECRET_NAMES.test(name)),
    );
    expect(secretsOfAll.length).toBeGreaterThan(10);
    expect(secretsOfAll.filter(([, value]) => !/^\$\{\w+:(\?.+|-)\}$/.test(value))).toEqual([]);
    const isOptional = (value: string): boolean => value.endsWith(':-}');
    const optional = secretsOfAll.filter(([, value]) => isOptional(value)).map(([name]) => name);
    // Without its factory the service itself says what is missing.
    expect([...new Set(optional)].sort()).toEqual(['ADMIN_PASSWORD', 'FACTORY_API_KEY']);
    expect(composeText).not.toMatch(/:\/\/\w+:(?!\$\{)[^@\s]+@/);
    expect(secrets['metrics-token']).toEqual({ environment: 'METRICS_TOKEN' });
  });
});

it('the smoke start gives every variable without which compose refuses', () => {
  const required = [...composeText.matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => name);
  const script = readFileSync(join(projectRoot, 'ops/smoke-start.sh'), 'utf8');
  expect(required.length).toBeGreaterThan(8);
  expect(required.filter((name) => !new RegExp(`\\b${name}(=|[ ;])`).test(script))).toEqual([]);
});

it('Grafana is told of sources that compose starts, and of the folder that compose mounts', () => {
  const read = (path: string) =>
    parse(readFileSync(join(projectRoot, 'ops/grafana/provisioning', path), 'utf8'));
  const { datasources } = read('datasources/datasources.yaml') as { datasources: { url: string }[] };
  const hosts = datasources.map(({ url }) => new URL(url).hostname);
  expect(hosts.sort()).toEqual(['loki', 'prometheus']);
  expect(hosts.filter((host) => services[host] === undefined)).toEqual([]);
  const { providers } = read('dashboards/dashboards.yaml') as { providers: { options: { path: string } }[] };
  const targets = mountsOf('grafana').map(({ target }) => target);
  expect(targets).toEqual(expect.arrayContaining(providers.map(({ options }) => options.path)));
});

describe('the nodes that compose starts', () => {
  it('are told every setting that counts in production, and none that does not exist', () => {
    const given = Object.keys(service?.environment ?? {});
    expect(given.filter((name) => !settings.includes(name))).toEqual([]);
    expect(settings.filter((name) => !given.includes(name) && !FIXED.includes(name))).toEqual([]);
    expect(Object.keys(worker?.environment ?? {}).sort()).toEqual([...given, 'METRICS_PORT'].sort());
  });

  it('accept what they are told when it is filled in', () => {
    const fill = (value: string): string =>
      value.replaceAll(
        /\$\{(\w+):([?-])([^}]*)\}/g,
        (_text, name: string, kind: string, fallback: string) => {
          if (name === 'PUBLIC_URL') return 'https://pizza.example';
          return kind === '?' ? `filled-in-with-more-than-32-characters-for-${name}` : fallback;
        },
      );
    const environment = Object.fromEntries(
      Object.entries(service?.environment ?? {}).map(([name, value]) => [name, fill(value)]),
    );
    const config = readConfig(
      { ...environment, FACTORY_URL: 'https://factory.example', FACTORY_API_KEY: 'a-key' },
      '1.0.0',
    );
    expect(config.isDemo).toBe(false);
    expect(new URL(config.databaseUrl)).toMatchObject({ hostname: 'mysql', username: 'pizza' });
  });

  it('run without rights on files they cannot change, and get the time they take to end', () => {
    for (const node of [service, worker]) {
      expect(node).toMatchObject({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'] });
      const main = readFileSync(join(projectRoot, 'backend/src/main.ts'), 'utf8');
      const forcedEndMs = Number(/FORCED_END_MS = ([\d_]+)/.exec(main)?.[1]?.replaceAll('_', ''));
      expect(forcedEndMs).toBeGreaterThan(0);
      const { drainMs } = readConfig(REQUIRED_SETTINGS, '1.0.0');
      expect(drainMs).toBeGreaterThan(0);
      expect(Number.parseInt(node?.stop_grace_period ?? '', 10) * 1000).toBeGreaterThan(
        drainMs + forcedEndMs,
      );
    }
    expect(existsSync(join(projectRoot, 'ops', service?.build?.context ?? '', 'ops/Dockerfile'))).toBe(true);
    expect(existsSync(join(projectRoot, worker?.command?.[1] ?? ''))).toBe(true);
  });

  it('wait for a database that answers their own account and loses nothing it has confirmed', () => {
    expect(service?.depends_on).toEqual({ mysql: { condition: 'service_healthy' } });
    expect(worker?.depends_on).toEqual({ service: { condition: 'service_healthy' } });
    expect(mysql?.healthcheck?.test.at(-1)).toContain('--host=127.0.0.1');
    expect(mysql?.environment?.MYSQL_USER).toBe('pizza');
    for (const option of ['--innodb-flush-log-at-trx-commit=1', '--sync-binlog=1', 'utf8mb4'])
      expect(mysql?.command).toContain(option);
  });
});

it('Alertmanager gets its template with the addresses filled in, whatever characters they hold', () => {
  const folder = makeScratchFolder('alertmanager');
  try {
    const names = Object.keys(alertmanager?.environment ?? {});
    const addresses = Object.fromEntries(
      names.map((name) => [name, `https://hooks.example/${name}?a=1&b=\\2|3`]),
    );
    const place = (path: string): string => join(folder.path, path);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders of the template.
    writeFileSync(place('template'), '${PAGE_WEBHOOK_URL} ${TICKET_WEBHOOK_URL} ${INFO_WEBHOOK_URL} $labels');
    writeFileSync(place('alertmanager'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const [shell = '', ...words] = (alertmanager?.entrypoint ?? []).map((word) =>
      unescaped(word)
        .replace('/etc/alertmanager/alertmanager.template.yml', place('template'))
        .replaceAll('/tmp/alertmanager.yml', place('filled')),
    );
    const env = { PATH: `${folder.path}:${process.env.PATH}`, ...addresses };
    const told = execFileSync(shell, words, { env, encoding: 'utf8' });
    expect(told).toContain(`--config.file=${place('filled')}`);
    expect(readFileSync(place('filled'), 'utf8').trim()).toBe(
      `${addresses.PAGE_WEBHOOK_URL} ${addresses.TICKET_WEBHOOK_URL} ${addresses.INFO_WEBHOOK_URL} $labels`,
    );
  } finally {
    folder.remove();
  }
});
