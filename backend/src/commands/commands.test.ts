import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../test/support/eventually.ts';
import { attemptEnded, placeOrder, stateOf } from '../../test/support/order-flow.ts';
import { forgetFaults, makeDue, readOrderRow } from '../../test/support/order-rows.ts';
import { operatorSettings, startServiceProcess } from '../../test/support/service-process.ts';
import { startTestService, type TestService } from '../../test/support/test-service.ts';

const SOON_MS = 20_000;

// A node whose own worker stands still: what moves an order here came through the command under test.
let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
beforeEach(() => forgetFaults(service));
afterEach(() => service.factory.reset());
afterAll(() => service.stop());

const settings = () => operatorSettings(service);

const openCommand = (...command: [string, ...string[]]) => startServiceProcess(settings(), command);

/** Runs a command of operators to its end. */
async function run(
  ...command: [string, ...string[]]
): Promise<{ code: number | string | null; said: string }> {
  const process = openCommand(...command);
  const code = await process.ended();
  const said = `${process.stdout()}${process.stderr()}`
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n');
  return { code, said };
}

const factory = (...words: string[]) => run('commands/factory.ts', ...words);

const isIn = (orderId: number, state: string) =>
  eventually(
    `order ${orderId} is ${state}`,
    async () => (await stateOf(service, orderId)) === state,
    SOON_MS,
  );

describe('npm run worker', () => {
  it('makes waiting orders without serving anybody, and ends with 0 when it is asked to', async () => {
    await service.factory.setFault('error');
    const { orderId } = await placeOrder(service);
    expect(await attemptEnded(service, orderId, 1)).toBe('waiting');
    await service.factory.setFault('none');
    const worker = openCommand('worker.ts');
    await isIn(orderId, 'ready');
    worker.child.kill('SIGTERM');
    expect(await worker.ended()).toBe(0);
    expect(worker.stdout()).toContain('worker ready');
  });

  it('tells those who watch it how it is, and serves nothing else', async () => {
    const worker = startServiceProcess({ ...settings(), METRICS_PORT: '0', HOST: '127.0.0.1' }, [
      'worker.ts',
    ]);
    const port = await eventually(
      'the worker is ready',
      () => /"port":(\d+).*"worker ready"/.exec(worker.stdout())?.[1],
      SOON_MS,
    );
    const read = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect(await (await read('/metrics')).text()).toContain('pizza_worker_last_sweep_timestamp_seconds');
    expect((await read('/health/ready')).status).toBe(200);
    expect((await read('/api/order/menu')).status).toBe(404);
    worker.child.kill('SIGTERM');
    expect(await worker.ended()).toBe(0);
  });
});

describe('npm run factory', () => {
  it('status tells how each factory is and which incident is open', async () => {
    await service.factory.setFault('error');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    await eventually(
      'the incident is open',
      async () => (await service.db.selectFrom('incidents').select('id').execute()).length > 0,
      SOON_MS,
    );
    const { code, said } = await factory('status');
    expect(code).toBe(0);
    expect(said).toContain(`${service.factory.origin}: circuit closed`);
    expect(said).toMatch(/incident \d+: error at/);
  });

  it('probe tells a well factory from an ill one, by word and exit code', async () => {
    expect(await factory('probe')).toEqual({ code: 0, said: `${service.factory.origin}: well\n` });
    await service.factory.setFault('error');
    expect(await factory('probe')).toEqual({ code: 1, said: `${service.factory.origin}: error\n` });
  });

  it('hold lets orders be taken and wait, resume lets them go on', async () => {
    expect(await factory('hold')).toMatchObject({ code: 0 });
    await service.worker.runOnce();
    const { bearer, orderId } = await placeOrder(service);
    expect(await readOrderRow(service, orderId)).toMatchObject({ state: 'waiting', reason: 'held' });
    await makeDue(service, orderId);
    await service.worker.runOnce();
    expect(await stateOf(service, orderId)).toBe('waiting');
    const { body } = await service.http.get(`/api/order/${orderId}`).set(bearer);
    expect(body.order.reason).toBe('The kitchen pauses for a moment. Your order is safe.');
    expect(await factory('resume')).toMatchObject({ code: 0 });
    await makeDue(service, orderId);
    await service.worker.runOnce();
    await isIn(orderId, 'ready');
    const { calls } = await service.factory.journal();
    expect(calls.filter((call) => call.orderId === orderId)).toHaveLength(1);
  });

  it('report makes the report of an incident that recovery was not allowed to make', async () => {
    await service.factory.setFault('fail');
    const { orderId } = await placeOrder(service);
    expect(await attemptEnded(service, orderId, 1)).toBe('waiting');
    const report = await eventually(
      'the report URL is on record',
      () => service.db.selectFrom('factory_reports').selectAll().orderBy('id', 'desc').executeTakeFirst(),
      SOON_MS,
    );
    const { code, said } = await factory('report', String(report.incident_id));
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('took the report') });
    await makeDue(service, orderId);
    await service.worker.runOnce();
    await isIn(orderId, 'ready');
  });

  it.each([[['report', '999999']], [['report', 'last']], [['nonsense']], [[]]])(
    'with the words %j says what is wrong and ends with 1',
    async (words) => {
      const { code, said } = await factory(...words);
      expect(code).toBe(1);
      expect(said).toMatch(/usage: npm run factory|no such incident/);
    },
  );
});

describe('npm run invariants', () => {
  it('says of every invariant that it holds, and ends with 0', async () => {
    const { orderId } = await placeOrder(service);
    await isIn(orderId, 'ready');
    const { code, said } = await run('commands/invariants.ts');
    expect(code).toBe(0);
    expect(said).toMatch(/^(ok {2}[a-z-]+ {2}\S.*\n){10,}$/);
  });

  it('names what does not hold with the orders that break it, and ends with 1', async () => {
    const { orderId } = await placeOrder(service);
    await isIn(orderId, 'ready');
    await service.db.updateTable('orders').set({ maker: null }).where('id', '=', orderId).execute();
    const { code, said } = await run('commands/invariants.ts');
    expect(code).toBe(1);
    const broken = said.split('\n').filter((line) => !/^(ok {2}|$)/.test(line));
    expect(broken).toEqual([
      expect.stringMatching(`^BROKEN ready-has-pizza 1 orders, e\\.g\\. ${orderId}: `),
    ]);
  });
});
