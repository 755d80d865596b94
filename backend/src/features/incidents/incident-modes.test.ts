import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aStoredOrder, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { endIncidents, eventKinds } from '../../../test/support/factory-rows.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { IncidentMode } from './incident-record.ts';
import { createIncidentRecorder } from './incident-recorder.ts';

const OTHER = 'https://another.example';
const SECOND_MS = 1_000;

let service: TestService;
let admin: LoggedIn;
let factory: string;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
// Each story is told of a factory that nobody has told another of.
let stories = 0;
beforeEach(() => {
  stories += 1;
  factory = `https://factory-${stories}.example`;
});
afterEach(() => endIncidents(service));
afterAll(() => service.stop());

/** So many seconds after the story of a test began, which is a while ago. */
const beganAtMs = Date.now() - 600 * SECOND_MS;
const at = (seconds: number): Date => new Date(beganAtMs + seconds * SECOND_MS);

const recorder = () => createIncidentRecorder(service.db);

function fault(mode: IncidentMode, seconds: number, startedAt = at(seconds)): Promise<number> {
  return inTransaction(service.db, (transaction) =>
    recorder().recordFault(transaction, { factory, mode, startedAt, now: at(seconds), source: 'order' }),
  );
}

const good = (seconds: number, by = { factory, isPizza: true }) =>
  inTransaction(service.db, (transaction) => recorder().recordGood(transaction, { ...by, now: at(seconds) }));

async function read(incidentId: number) {
  const { body } = await service.http
    .get(`/api/operations/incidents/${incidentId}`)
    .set(admin.bearer)
    .expect(200);
  return body;
}

const span = (mode: IncidentMode, from: number, to: number) => ({
  mode,
  firstFaultAt: at(from).toISOString(),
  lastFaultAt: at(to).toISOString(),
});

describe('modes that follow each other without a good pizza in between', () => {
  it('are one incident, and each has its times on record', async () => {
    const id = await fault('fail', 1, at(0));
    expect([await fault('fail', 5), await fault('throttle', 42, at(10)), await fault('fail', 50)]).toEqual([
      id,
      id,
      id,
    ]);
    const incident = await read(id);
    expect(incident).toMatchObject({ mode: 'fail', modes: [span('fail', 0, 50), span('throttle', 10, 42)] });
  });

  it('appear with their times in the report, in its sections and in Markdown', async () => {
    const id = await fault('fail', 0);
    await fault('badjwt', 90);
    const get = (accept: string) =>
      service.http
        .get(`/api/operations/incidents/${id}/report`)
        .set({ ...admin.bearer, accept })
        .buffer(true)
        .expect(200);
    const { sections } = JSON.parse((await get('application/json')).text);
    const timeline = sections.find(({ heading }: { heading: string }) => heading === 'Timeline (UTC)');
    const texts = (row: { text: string }[][]) => row.map((spans) => spans.map(({ text }) => text).join(''));
    const stamp = (seconds: number) => at(seconds).toISOString().replace('T', ' ').replace('Z', '');
    expect(timeline.blocks[0].rows.map(texts)).toEqual([
      ['it refused orders', stamp(0), stamp(0), '0 ms'],
      ['it handed out pizzas that did not pass the check', stamp(90), stamp(90), '0 ms'],
    ]);
    const markdown = (await get('text/markdown')).text;
    expect(markdown).toContain(`| it refused orders | ${stamp(0)} |`);
    expect(markdown).toContain(`| it handed out pizzas that did not pass the check | ${stamp(90)} |`);
  });
});

describe('after a proved good pizza', () => {
  it('another mode is another incident, and the one before ends where it begins', async () => {
    const first = await fault('fail', 0);
    await good(10);
    const second = await fault('throttle', 45, at(13));
    expect(second).not.toBe(first);
    expect(await read(first)).toMatchObject({
      mode: 'fail',
      state: 'closed',
      closedAt: at(13).toISOString(),
      modes: [span('fail', 0, 0)],
    });
    expect(await eventKinds(service, first)).toEqual(['first_fault', 'detected', 'restored', 'closed']);
    expect(await read(second)).toMatchObject({
      mode: 'throttle',
      state: 'open',
      startedAt: at(13).toISOString(),
      modes: [span('throttle', 13, 45)],
    });
    expect(await fault('throttle', 50)).toBe(second);
  });

  it('two modes that take turns are two incidents, and not one at each turn', async () => {
    const first = await fault('error', 0);
    await good(1);
    const second = await fault('busy', 2);
    expect(second).not.toBe(first);
    for (let seconds = 3; seconds < 12; seconds += 4) {
      await good(seconds);
      expect(await fault('error', seconds + 1)).toBe(second);
      await good(seconds + 2);
      expect(await fault('busy', seconds + 3)).toBe(second);
    }
    expect((await read(second)).modes).toEqual([span('busy', 2, 14), span('error', 4, 12)]);
    await good(15);
    expect(await fault('error', 80)).toBe(second);
  });

  it('the mode of before is a relapse', async () => {
    const id = await fault('fail', 0);
    await good(10);
    expect(await fault('fail', 20)).toBe(id);
    expect(await eventKinds(service, id)).toContain('fault_again');
  });

  it('a call that had begun before tells of the incident of then', async () => {
    const id = await fault('fail', 0);
    await good(10);
    expect(await fault('throttle', 41, at(9))).toBe(id);
  });

  it('of another factory, or a probe alone, another mode is still the same incident', async () => {
    const id = await fault('fail', 0);
    await inTransaction(service.db, (transaction) =>
      recorder().recordOpenedCircuit(transaction, { incidentId: id, at: at(1), outcome: 'refused' }),
    );
    await good(10, { factory: OTHER, isPizza: true });
    expect(await fault('throttle', 20)).toBe(id);
    await good(30, { factory, isPizza: false });
    expect(await fault('error', 40)).toBe(id);
    await good(50, { factory, isPizza: false });
    await good(55);
    expect(await fault('busy', 60)).not.toBe(id);
  });
});

describe('the figures of an incident', () => {
  const touch = async (): Promise<void> => {
    await aStoredOrder(service, { dinerId: admin.id, state: 'failed', total: 0.0038 });
  };

  it('are not added up by the looks of a sweep while it is open', async () => {
    await fault('error', 0);
    await touch();
    // What was closed before is added up now, for the last time.
    await recorder().runOnce();
    const before = service.logLines().length;
    await recorder().runOnce();
    const statements = service.logLines().slice(before);
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter(({ statement }) => String(statement).includes('order_transitions'))).toEqual([]);
  });

  it('are exact whenever somebody asks while it is open, and those of its end when it is closed', async () => {
    const id = await fault('error', 0);
    const before = (await read(id)).ordersFailed;
    await touch();
    expect(await read(id)).toMatchObject({ ordersFailed: before + 1 });
    await touch();
    const { body } = await service.http
      .get('/api/operations/incidents?limit=1')
      .set(admin.bearer)
      .expect(200);
    expect(body.incidents).toMatchObject([{ id, ordersFailed: before + 2 }]);
    await good(10);
    await service.db
      .updateTable('incidents')
      .set({ last_fault_at: at(10) })
      .where('id', '=', id)
      .execute();
    await recorder().runOnce();
    await touch();
    expect(await read(id)).toMatchObject({ state: 'closed', ordersFailed: before + 2 });
  });

  it('of one that another mode ended are those of its end, though nobody had asked', async () => {
    const first = await fault('fail', 0);
    await touch();
    const now = (Date.now() - beganAtMs) / SECOND_MS;
    await good(now);
    const second = await fault('throttle', now + 1, new Date(Date.now() + SECOND_MS));
    await recorder().runOnce();
    const row = await service.db
      .selectFrom('incidents')
      .selectAll()
      .where('id', '=', first)
      .executeTakeFirstOrThrow();
    expect(row.orders_failed).toBeGreaterThan(0);
    expect(row.are_figures_due).toBe(0);
    expect(second).not.toBe(first);
  });
});
