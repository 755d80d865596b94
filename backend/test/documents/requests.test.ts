import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findOrInstall, findProgram } from '../../local-stack/debian-packages.ts';
import { commandsOf, isForTheWeb, readGuides, shellBlocksOf } from '../support/document-commands.ts';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestFactory, type TestFactory } from '../support/test-factory.ts';

const SECRET = 'test-secret-that-has-more-than-32-bytes';
const METRICS_TOKEN = 'metrics-token-of-this-test';
const CURL = {
  name: 'curl',
  megabytes: 1,
  onProgress: (line: string) => void process.stderr.write(`${line}\n`),
};

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
    service = startServiceProcess({
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: database.url,
      JWT_SECRET: SECRET,
      PASSWORD_PEPPER: SECRET,
      BCRYPT_COST: '4',
      DEMO: '1',
      METRICS_TOKEN,
      FACTORY_URL: factory.origin,
      FACTORY_API_KEY: factory.apiKey,
      FACTORY_PROBE_SECONDS: '0',
    });
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
    const request = JSON.parse(/"items":\[(\{.*?\})\]/.exec(block ?? '')?.[1] ?? '{}');
    expect(menu).toContainEqual(expect.objectContaining({ id: request.menuId, price: request.price }));
    expect(placed).toMatchObject({
      order: { id: expect.any(Number) },
      jwt: expect.stringMatching(/^(?:[\w-]+\.){2}/),
    });
    expect(listed.orders).toContainEqual(expect.objectContaining({ id: placed.order.id }));
  });

  const others = readGuides().flatMap((guide) => {
    const commands = commandsOf(guide).filter(isForTheWeb);
    const isAsking = commands.some((command) => command.includes('curl '));
    return isAsking && guide.path !== 'README.md' ? [{ path: guide.path, commands }] : [];
  });

  it.each(others)('$path: every question is answered with success', async ({ commands }) => {
    await factory.reset();
    expect((await ask(commands.join('\n'))).length).toBeGreaterThan(0);
  });
});
