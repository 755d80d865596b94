import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findOrInstall, findProgram } from '../../local-stack/debian-packages.ts';
import { eventually } from '../../local-stack/testing/eventually.ts';
import { isMigrated } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/pool.ts';
import {
  commandsOf,
  type Door,
  doorOf,
  isForTheWeb,
  linesOf,
  readCommands,
  readGuides,
  shellBlocksOf,
} from '../support/document-commands.ts';
import { attemptEnded, placeOrder } from '../support/order-flow.ts';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestFactory, type TestFactory } from '../support/test-factory.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { NOT_RUN_HERE } from './not-run-here.ts';

const SECRET = 'test-secret-that-has-more-than-32-bytes';
const METRICS_TOKEN = 'metrics-token-of-this-test';
const CURL = {
  name: 'curl',
  megabytes: 1,
  onProgress: (line: string) => void process.stderr.write(`${line}\n`),
};
const SOON_MS = 10_000;

const settingsFor = (databaseUrl: string, factory: TestFactory) => ({
  HOST: '127.0.0.1',
  PORT: '0',
  DATABASE_URL: databaseUrl,
  JWT_SECRET: SECRET,
  PASSWORD_PEPPER: SECRET,
  BCRYPT_COST: '4',
  DEMO: '1',
  METRICS_TOKEN,
  FACTORY_URL: factory.origin,
  FACTORY_API_KEY: factory.apiKey,
  FACTORY_PROBE_SECONDS: '0',
});

/** What each command of operators says when it has done what it is for. */
const SAYS: Record<string, RegExp> = {
  'factory.ts report': /took the report/,
  'factory.ts status': /circuit (?:closed|open since)/,
  'factory.ts probe': /: well$/m,
  'factory.ts hold': /^held: /m,
  'factory.ts resume': /^resumed: /m,
  'figures.ts check': /differences: 0$/m,
  'figures.ts rebuild': /are rebuilt$/m,
  'invariants.ts': /^(?:ok {2}.*\n){10,}$/,
  'migrate.ts': /^the schema is up to date$/m,
  'create-admin.ts': /is an admin now$/m,
  'worker.ts': /"worker ready"/,
};

interface ToldDoor extends Door {
  key: string;
  text: string;
}

function readDoors(): ToldDoor[] {
  const told = readCommands().flatMap(({ text }) => {
    const door = NOT_RUN_HERE.some(({ is }) => is.test(text)) ? undefined : doorOf(text);
    const word = door?.script === 'create-admin.ts' ? '' : (door?.words[0] ?? '');
    return door ? [{ ...door, text, key: `${door.script} ${word}`.trim() }] : [];
  });
  const once = new Map(told.map((door) => [`${door.script} ${door.words.join(' ')}`, door]));
  // The report cures the factory, which the others need well.
  return [...once.values()].sort(
    (one, other) => Number(/ report$/.test(other.key)) - Number(/ report$/.test(one.key)),
  );
}

describe('a command of operators, run as a document tells it', () => {
  const doors = readDoors();
  let service: TestService;
  let empty: TestDatabase;
  let incident: number;
  beforeAll(async () => {
    [service, empty] = await Promise.all([
      startTestService({ isWorkerRunning: false }),
      createTestDatabase(),
    ]);
    await service.factory.setFault('fail');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    const { incident_id } = await eventually(
      'the report URL is on record',
      () => service.db.selectFrom('factory_reports').select('incident_id').executeTakeFirst(),
      SOON_MS,
    );
    incident = incident_id;
  });
  afterAll(async () => {
    await service.stop();
    await empty.drop();
  });

  const fillIn = (word: string): string =>
    word
      .replace('<incident>', String(incident))
      .replace(/^<e-?mail(?: address)?>$/, 'first-admin@example.com');

  const open = ({ script, words }: Door): ServiceProcess => {
    const database = script === 'migrate.ts' ? empty.url : service.config.databaseUrl;
    const settings = { ...settingsFor(database, service.factory), LOG_LEVEL: 'info' };
    const password = script === 'create-admin.ts' ? { ADMIN_PASSWORD: 'a long word of this test 5f1c' } : {};
    return startServiceProcess({ ...settings, ...password }, [script, ...words.map(fillIn)]);
  };

  it('is told for each that there is', () => {
    const told = new Set(doors.map(({ key }) => key));
    expect(Object.keys(SAYS).filter((key) => !told.has(key))).toEqual([]);
  });

  it.each(doors)('$text ends with 0 and says what it did', async (door) => {
    const process = open(door);
    const hasSaid = () => SAYS[door.key]?.test(process.stdout());
    if (door.script === 'worker.ts') {
      await eventually('the worker is ready', hasSaid, SOON_MS);
      process.child.kill('SIGTERM');
    }
    const code = await process.ended();
    const lines = process.stdout().split('\n');
    const said = (door.script === 'worker.ts' ? lines : lines.filter((line) => !line.startsWith('{'))).join(
      '\n',
    );
    expect({ code, said, errors: process.stderr() }).toEqual({
      code: 0,
      said: expect.stringMatching(SAYS[door.key] ?? /\S/),
      errors: '',
    });
  });

  it('npm run migrate has made the schema in an empty database', async () => {
    const db = openDatabase(empty.url, { log: service.log });
    const isMade = await isMigrated(db);
    await db.destroy();
    expect(isMade).toBe(true);
  });
});

describe('what a document asks by curl', () => {
  let database: TestDatabase;
  let factory: TestFactory;
  let service: ServiceProcess;
  let origin: string;
  let folders: string;
  beforeAll(async () => {
    const find = () => findProgram(['curl'], ['/usr/bin']);
    const [curl, madeDatabase, startedFactory] = await Promise.all([
      findOrInstall(find, CURL),
      createTestDatabase(),
      startTestFactory(),
    ]);
    [database, factory] = [madeDatabase, startedFactory];
    folders = `${dirname(curl)}:${process.env.PATH}`;
    service = startServiceProcess(settingsFor(database.url, factory));
    origin = await service.ready();
  });
  afterAll(async () => {
    service.child.kill('SIGTERM');
    await service.ended();
    await factory.close();
    await database.drop();
  });

  /** Runs commands in one shell, with our addresses for those they name; answers what came back, a line for each. Rejects when one is not answered with success. */
  function ask(commands: string): Promise<string[]> {
    const ours = commands
      .replace(/https?:\/\/(?:localhost:3000|[\w.-]*example\.(?:com|org))/g, origin)
      .replaceAll('http://localhost:3001', factory.origin);
    const strict =
      'set -euo pipefail\ncurl() { command curl --fail --silent --show-error --max-time 10 "$@" && echo; }\n';
    const env = { PATH: folders, METRICS_TOKEN };
    return new Promise((resolve, reject) => {
      execFile('bash', ['-c', `${strict}${ours}`], { env }, (error, stdout, stderr) =>
        error ? reject(new Error(`${stderr}${error.message}`)) : resolve(stdout.split('\n').filter(Boolean)),
      );
    });
  }

  it('the API as the README tries it answers menu, a pizza, and the orders of the diner', async () => {
    const readme = readGuides().find(({ path }) => path === 'README.md');
    const block = readme && shellBlocksOf(readme).find((text) => text.includes('/api/order'));
    const answers = (await ask(block ?? '')).map((line) => JSON.parse(line));
    expect(answers).toHaveLength(3);
    const [menu, placed, listed] = answers;
    expect(menu).toContainEqual(expect.objectContaining({ id: 1, price: 0.0038 }));
    expect(placed).toMatchObject({
      order: { id: expect.any(Number) },
      jwt: expect.stringMatching(/^(?:[\w-]+\.){2}/),
    });
    expect(listed.orders).toContainEqual(expect.objectContaining({ id: placed.order.id }));
  });

  const others = readGuides().flatMap((guide) => {
    const commands = commandsOf(guide).flatMap(linesOf).filter(isForTheWeb);
    const isAsking = commands.some((command) => command.includes('curl '));
    return isAsking && guide.path !== 'README.md' ? [{ path: guide.path, commands }] : [];
  });

  it.each(others)('$path: every question is answered with success', async ({ commands }) => {
    await factory.reset();
    expect((await ask(commands.join('\n'))).length).toBeGreaterThan(0);
  });
});
