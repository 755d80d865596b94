import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { API_KEY, createTestVendor } from './test-vendor.ts';

const MAIN = path.join(import.meta.dirname, 'main.ts');
// A process starts in half a second, several at once on a busy machine in many.
jest.setTimeout(30_000);

const running = new Set<ChildProcess>();
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'simulator-'));
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(() => rm(dataDir, { recursive: true }));

it('the process says in one line where it is ready, and serves there', async () => {
  const { child, origin, output } = await start();
  await createTestVendor(origin).order().expect(200);
  child.kill('SIGTERM');
  expect(await output).toBe(`simulator ready ${origin}\n`);
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the process at once with 0 and cuts the calls that wait',
  async (signal) => {
    const { child, origin } = await start();
    const vendor = createTestVendor(origin);
    await vendor.switchTo('throttle');
    const call = vendor.orderByPhone();
    await vendor.journalSays(({ calls }) => calls.length === 1);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await call.ended).toBe('cut');
  },
);

it('a parent with an IPC channel is told the port, and the process ends with its parent', async () => {
  const child = fork(MAIN, { env: environment(), silent: true });
  running.add(child);
  const [message] = await once(child, 'message');
  expect(message).toEqual({ type: 'ready', port: expect.any(Number) });
  await createTestVendor(`http://127.0.0.1:${message.port}`).probe().expect(400);
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('the key is kept for its owner only, and survives a restart, with every pizza it signed', async () => {
  const first = await start();
  const { jwt } = (await createTestVendor(first.origin).order()).body;
  const jwks = await (await fetch(`${first.origin}/.well-known/jwks.json`)).json();
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');

  const folder = path.join(dataDir, 'factory-simulator');
  expect(await readdir(folder)).toEqual(['signing-key.pem']);
  expect((await stat(path.join(folder, 'signing-key.pem'))).mode & 0o777).toBe(0o600);

  const second = await start();
  expect(await (await fetch(`${second.origin}/.well-known/jwks.json`)).json()).toEqual(jwks);
  await createTestVendor(second.origin).verify(jwt).expect(200);
});

it('every key of the list is a vendor, and the issuer is as set', async () => {
  const { origin } = await start({
    FACTORY_API_KEY: ` ${API_KEY} , other-key`,
    FACTORY_ISSUER: 'pizza.example',
  });
  const { api, order } = createTestVendor(origin);
  await api.post('/api/order').auth('other-key', { type: 'bearer' }).send({}).expect(400);
  const [header] = (await order()).body.jwt.split('.');
  expect(JSON.parse(Buffer.from(header, 'base64url').toString()).iss).toBe('pizza.example');
});

it('a taken port is said in one line on stderr, with exit code 1', async () => {
  const occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const { port } = occupant.address() as { port: number };
  const { code, stdout, stderr } = await fail({ FACTORY_SIMULATOR_PORT: String(port) });
  occupant.close();
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    `factory simulator: port ${port} is taken; choose another with FACTORY_SIMULATOR_PORT\n`,
  );
});

it.each([
  [{ FACTORY_API_KEY: '' }, /FACTORY_API_KEY is required/],
  [{ FACTORY_API_KEY: 'good,' }, /FACTORY_API_KEY must be keys/],
  [{ FACTORY_API_KEY: 'sec ret' }, /FACTORY_API_KEY must be keys(?!.*sec ret)/],
  [{ FACTORY_SIMULATOR_PORT: '65536' }, /FACTORY_SIMULATOR_PORT must be a port number/],
  [{ FACTORY_SIMULATOR_PORT: '80x', FACTORY_API_KEY: '' }, /FACTORY_SIMULATOR_PORT .*; FACTORY_API_KEY /],
  [{ FACTORY_SIMULATOR_HOST: '999.1.1.1' }, /999\.1\.1\.1/],
])('the settings %j are refused in one line on stderr, with exit code 1', async (settings, reason) => {
  const { code, stdout, stderr } = await fail(settings);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^factory simulator: [^\n]+\n$/);
  expect(stderr).toMatch(reason);
});

function environment(settings: Record<string, string> = {}): NodeJS.ProcessEnv {
  const base = { FACTORY_API_KEY: API_KEY, FACTORY_SIMULATOR_PORT: '0', DATA_DIR: dataDir };
  return { PATH: process.env.PATH, ...base, ...settings };
}

function run(settings: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  return child;
}

async function start(settings: Record<string, string> = {}) {
  const child = run(settings);
  const [chunk] = await once(child.stdout, 'data');
  const [, port] = String(chunk).match(/^simulator ready http:\/\/localhost:(\d+)\n$/) ?? [];
  const rest = text(child.stdout);
  return { child, origin: `http://localhost:${port}`, output: rest.then((more) => String(chunk) + more) };
}

async function fail(settings: Record<string, string>) {
  const child = run(settings);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, stdout, stderr };
}
