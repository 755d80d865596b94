import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStore, aStoredOrder, aUser, type LoggedIn } from '../../../../test/support/builders.ts';
import { foldAll } from '../../../../test/support/fold.ts';
import { expectProblem } from '../../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../../test/support/test-service.ts';

let service: TestService;
let admin: LoggedIn;
let other: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
  other = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const list = () => service.http.get('/api/operations/recompute').set(admin.bearer).expect(200);
const recompute = (
  question: { run: string; storeId: number; mode?: 'check' | 'rebuild' },
  who: LoggedIn = admin,
) =>
  service.http
    .put(`/api/operations/recompute/${question.run}/store/${question.storeId}`)
    .set(who.bearer)
    .send({ mode: question.mode ?? 'check' });
const end = (run: string, who: LoggedIn = admin) =>
  service.http.delete(`/api/operations/recompute/${run}`).set(who.bearer).expect(200);

/** A store that sold one order, and whose figures say it sold one more. */
async function aStoreWithWrongFigures(): Promise<number> {
  const store = await aStore(service);
  const diner = await aUser(service);
  await aStoredOrder(service, { dinerId: diner.id, state: 'ready', store });
  await foldAll(service);
  await service.db
    .updateTable('store_day_figures')
    .set((eb) => ({ orders: eb('orders', '+', 1) }))
    .where('store_id', '=', store.id)
    .execute();
  return store.id;
}

async function auditsOf(storeId: number) {
  const { body } = await service.http
    .get('/api/operations/audit')
    .query({ action: 'figures.rebuilt', subjectType: 'store', subjectId: storeId })
    .set(admin.bearer)
    .expect(200);
  return body.entries;
}

describe('a recompute', () => {
  it('that checks says what differs and changes nothing', async () => {
    const storeId = await aStoreWithWrongFigures();
    const run = randomUUID();
    for (let time = 1; time <= 2; time += 1) {
      const { body } = await recompute({ run, storeId }).expect(200);
      expect(body).toMatchObject({
        storeId,
        count: 1,
        differences: [{ menuId: null, figure: 'orders', stored: 2, actual: 1 }],
      });
    }
    expect(await auditsOf(storeId)).toEqual([]);
    await end(run);
  });

  it('that rebuilds mends what differs and is audited once, when it changed something', async () => {
    const storeId = await aStoreWithWrongFigures();
    const run = randomUUID();
    const first = await recompute({ run, storeId, mode: 'rebuild' }).expect(200);
    expect(first.body).toMatchObject({ storeId, count: 1 });
    const second = await recompute({ run, storeId, mode: 'rebuild' }).expect(200);
    expect(second.body).toEqual({ storeId, count: 0, differences: [] });
    expect(await auditsOf(storeId)).toMatchObject([{ actor: { id: admin.id }, details: { figures: 1 } }]);
    await end(run);
  });

  it('keeps every other one out until it is ended, and says who runs it', async () => {
    const storeId = await aStoreWithWrongFigures();
    const [run, second] = [randomUUID(), randomUUID()];
    await recompute({ run, storeId }).expect(200);
    expect((await list()).body.running).toMatchObject({ by: { id: admin.id, name: admin.name } });
    expectProblem(await recompute({ run: second, storeId }, other), 'state_conflict');
    // Nobody else's word ends it, and nobody else's name lets one in.
    await end(run, other);
    expectProblem(await recompute({ run, storeId }, other), 'state_conflict');
    await end(run);
    expect((await list()).body.running).toBeNull();
    await recompute({ run: second, storeId }, other).expect(200);
    await end(second, other);
  });

  it('that gave no sign of life until its lease ended makes room for the next', async () => {
    const storeId = await aStoreWithWrongFigures();
    const [run, next] = [randomUUID(), randomUUID()];
    await recompute({ run, storeId }).expect(200);
    await service.db
      .updateTable('figures_recompute')
      .set({ lease_until: new Date(Date.now() - 60_000) })
      .execute();
    await recompute({ run: next, storeId }, other).expect(200);
    expectProblem(await recompute({ run, storeId }), 'state_conflict');
    await end(next, other);
  });

  it('of several that begin at one instant runs alone', async () => {
    const storeId = await aStoreWithWrongFigures();
    const runs = Array.from({ length: 6 }, () => randomUUID());
    const answers = await Promise.all(runs.map((run) => recompute({ run, storeId })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    for (const run of runs) await end(run);
  });

  it('knows every store by its name and refuses one that is not there', async () => {
    const store = await aStore(service);
    expect((await list()).body.stores).toContainEqual({ id: store.id, name: store.name });
    expectProblem(await recompute({ run: randomUUID(), storeId: 999_999 }), 'not_found');
  });
});
