import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { pickFreePort } from '../../local-stack/ports.ts';
import { projectRoot } from '../../local-stack/project-root.ts';
import { makeScratchFolder, type ScratchFolder } from '../../local-stack/scratch-folder.ts';
import { readCommand, readStages, type Stage } from '../support/dockerfile.ts';
import { eventually } from '../support/eventually.ts';
import { layOutImage, pathsBelow } from '../support/image-folder.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestFactory, type TestFactory } from '../support/test-factory.ts';

const LAID_OUT_WITHIN_MS = 60_000;
const SOON_MS = 20_000;
const SECRET = 'a-secret-of-more-than-32-bytes-for-this-test';

describe('the Dockerfile', () => {
  const stages = readStages(join(projectRoot, 'ops/Dockerfile'));
  const said = (name: string): string | undefined =>
    stages.at(-1)?.instructions.findLast((instruction) => instruction.name === name)?.text;

  it('begins every stage from the very Node that the tests run on', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    expect(stages.map(({ image }) => image)).toEqual(stages.map(() => `node:${devDependencies.node}-slim`));
  });

  it('ends as a process without rights that hears its signals itself', () => {
    expect([said('USER'), said('STOPSIGNAL')]).toEqual(['node', 'SIGTERM']);
    expect(stages.at(-1)?.instructions.filter(({ name }) => name === 'RUN')).toEqual([]);
  });

  it('installs from the lock, without scripts, and for the image without tools', () => {
    const installs = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ text }) => text.includes('npm '))
      .map(({ text }) => text);
    expect(installs).toEqual(['npm ci --ignore-scripts', 'npm ci --omit=dev --ignore-scripts']);
  });
});

describe('what the image holds', () => {
  let scratch: ScratchFolder;
  let database: TestDatabase;
  let factory: TestFactory;
  let stage: Stage;
  let app: string;
  let laidOut: string[];
  let environment: Record<string, string>;
  let service: ChildProcess;
  let output = '';
  // Its last words have been read when it is closed, and not yet when it has exited.
  const ended = (child: ChildProcess) => once(child, 'close').then(([code, signal]) => code ?? signal);

  function start(command: readonly string[], settings: Record<string, string>): ChildProcess {
    const [program, ...words] = command;
    // `node` of the image is this very one (above), and its folder is all that it may know of this project.
    expect(program).toBe('node');
    const child = spawn(process.execPath, words, {
      cwd: app,
      env: { ...environment, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    return child;
  }

  beforeAll(async () => {
    scratch = makeScratchFolder('image');
    [database, factory] = await Promise.all([createTestDatabase(), startTestFactory()]);
    ({ stage, app } = layOutImage(scratch.path));
    laidOut = pathsBelow(app);
    const fixed = stage.instructions
      .filter(({ name }) => name === 'ENV')
      .map(({ text }) => text.split('=') as [string, string]);
    environment = {
      ...Object.fromEntries(fixed),
      NODE_OPTIONS: '--preserve-symlinks',
      NODE_COMPILE_CACHE: join(scratch.path, 'tmp'),
      PORT: String(await pickFreePort()),
      HOST: '127.0.0.1',
      DATABASE_URL: database.url,
      PUBLIC_URL: 'http://127.0.0.1',
      JWT_SECRET: SECRET,
      PASSWORD_PEPPER: `another-${SECRET}`,
      FACTORY_URL: factory.origin,
      FACTORY_API_KEY: factory.apiKey,
    };
    service = start(readCommand(stage, 'CMD'), {});
    await eventually(
      'the service of the image is ready',
      () => {
        if (service.exitCode !== null) throw new Error(`it ended with ${service.exitCode}: ${output}`);
        return output.includes('"message":"ready"');
      },
      SOON_MS,
    );
  }, LAID_OUT_WITHIN_MS);
  afterAll(async () => {
    if (service?.exitCode === null) service.kill('SIGKILL');
    await factory.close();
    await database.drop();
    scratch.remove();
  });

  const http = () => request(`http://127.0.0.1:${environment.PORT}`);

  it('is no test, no tool and no setting of anybody', () => {
    const ours = laidOut.filter((path) => !path.startsWith('node_modules/'));
    expect(ours.length).toBeGreaterThan(100);
    expect(ours.filter((path) => /\.test\.|(^|\/)\.env|test-results|(^|\/)e2e(\/|$)/.test(path))).toEqual([]);
    for (const tool of ['vite', 'typescript', 'jest', 'playwright', 'node'])
      expect(laidOut).not.toContain(`node_modules/${tool}`);
  });

  it('is called healthy by its own check while it serves, and ill when nobody answers', () => {
    const [program, ...words] = readCommand(stage, 'HEALTHCHECK');
    expect(program).toBe('node');
    const check = (settings: Record<string, string>) =>
      spawnSync(process.execPath, words, { env: { ...environment, ...settings } }).status;
    expect(check({})).toBe(0);
    expect(check({ PORT: '1' })).toBe(1);
  });

  it('serves the storefront that its first stage built, with its parts', async () => {
    const { text } = await http().get('/').set('accept', 'text/html').expect(200);
    const [, script = 'none'] = /src="(\/assets\/[^"]+\.js)"/.exec(text) ?? [];
    await http()
      .get(script)
      .expect(200)
      .expect('content-type', /javascript/);
    await http().get('/service-worker.js').expect(200);
  });

  it('answers the menu', async () => {
    const { body } = await http().get('/api/order/menu').expect(200);
    expect(body).toEqual([]);
  });

  it('is enough for a worker as well', async () => {
    const seen = output.length;
    const worker = start(['node', 'backend/src/worker.ts'], {});
    await eventually('it is ready', () => output.slice(seen).includes('"message":"worker ready"'), SOON_MS);
    worker.kill('SIGTERM');
    expect(await ended(worker)).toBe(0);
  });

  it('writes nothing beside its cache and ends with 0 when it is told to', async () => {
    const end = ended(service);
    service.kill('SIGTERM');
    expect(await end).toBe(0);
    expect(output).toContain('"message":"stopped"');
    expect(pathsBelow(app)).toEqual(laidOut);
  });
});
