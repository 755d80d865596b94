import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { aMenuItem, aStore, aUser, type LoggedIn } from '../../test/support/builders.ts';
import { eventually } from '../../test/support/eventually.ts';
import { expectProblem } from '../../test/support/problem.ts';
import { startTestService, type TestService } from '../../test/support/test-service.ts';

// Longer than any test here takes: what is kept is stale on purpose until it is made to go.
const STALE_MS = 3_600_000;
const A_SECOND_MS = 1_000;
const SOON_MS = 10_000;

let service: TestService;
let admin: LoggedIn;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, sharedForMs: STALE_MS });
  admin = await aUser(service, [{ role: 'admin' }]);
  diner = await aUser(service);
});
afterAll(() => service.stop());

const MENU = '/api/order/menu';
const priceOf = (menu: { id: number; price: number }[], menuId: number) =>
  menu.find(({ id }) => id === menuId)?.price;
const edit = (menuId: number, price: number) =>
  service.http.put(`${MENU}/${menuId}`).set(admin.bearer).send({ price }).expect(200);

describe('the menu', () => {
  it('comes with an ETag, may be kept by anybody who asks before using it, and is 304 to who has it', async () => {
    const first = await service.http.get(MENU).set('accept-encoding', 'identity').expect(200);
    expect(first.headers['cache-control']).toBe('public, no-cache');
    expect(first.headers.vary).toContain('Accept-Encoding');
    expect(first.headers.etag).toMatch(/^"[\w-]+"$/);
    const again = await service.http
      .get(MENU)
      .set({ 'accept-encoding': 'identity', 'if-none-match': first.headers.etag ?? '' });
    expect({ status: again.status, text: again.text, etag: again.headers.etag }).toEqual({
      status: 304,
      text: '',
      etag: first.headers.etag,
    });
  });

  it('is packed for who takes it packed, under another ETag, and is the same', async () => {
    const plain = await service.http.get(MENU).set('accept-encoding', 'identity').expect(200);
    const answer = await request(`${service.origin}${MENU}`, { headers: { 'accept-encoding': 'gzip' } });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.headers.etag).not.toBe(plain.headers.etag);
    expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(plain.body);
  });

  it('is told at once as an admin of this node has changed it, and its ETag is another', async () => {
    const { id } = await aMenuItem(service, { price: 0.001 });
    await edit(id, 0.002);
    const before = await service.http.get(MENU).expect(200);
    await edit(id, 0.003);
    const after = await service.http.get(MENU).expect(200);
    expect([priceOf(before.body, id), priceOf(after.body, id)]).toEqual([0.002, 0.003]);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });

  it('is read from the database by an admin, who is told nothing old', async () => {
    const { id } = await aMenuItem(service, { price: 0.001 });
    await service.http.get(MENU).expect(200);
    await service.db.updateTable('menu_items').set({ price: '0.00500000' }).where('id', '=', id).execute();
    const { body, headers } = await service.http.get(MENU).set(admin.bearer).expect(200);
    expect(priceOf(body, id)).toBe(0.005);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers.etag).toBeUndefined();
  });

  it('of another node follows a change within a second', async () => {
    const other = await startTestService({
      besides: service,
      isWorkerRunning: false,
      sharedForMs: A_SECOND_MS,
    });
    try {
      const { id } = await aMenuItem(service, { price: 0.001 });
      await other.http.get(MENU).expect(200);
      await edit(id, 0.007);
      const changedAt = performance.now();
      await eventually(
        'the other node tells the new price',
        async () => priceOf((await other.http.get(MENU)).body, id) === 0.007,
        SOON_MS,
      );
      // A second of the design, and what the machine takes to ask.
      expect(performance.now() - changedAt).toBeLessThan(2 * A_SECOND_MS);
    } finally {
      await other.stop();
    }
  });
});

it('S23: a price that changed is refused when the menu that was shown is stale: money is not taken from it', async () => {
  const store = await aStore(service);
  const { id } = await aMenuItem(service, { price: 0.001 });
  await service.http.get(MENU).expect(200);
  await service.db.updateTable('menu_items').set({ price: '0.00900000' }).where('id', '=', id).execute();
  const shown = await service.http.get(MENU).expect(200);
  const order = {
    franchiseId: store.franchiseId,
    storeId: store.id,
    items: [{ menuId: id, price: priceOf(shown.body, id) ?? 0.001 }],
  };
  const answer = await service.http.post('/api/order').set(diner.bearer).send(order);
  expect(expectProblem(answer, 'price_changed').prices).toEqual([{ menuId: id, price: 0.009 }]);
});

describe('the list of franchises', () => {
  it('is shared by page and name, and never with an admin, who sees more', async () => {
    await aStore(service);
    const path = '/api/franchise?page=0&limit=5';
    const shared = await service.http.get(path).expect(200);
    expect(shared.headers.etag).toMatch(/^"/);
    const other = await service.http.get('/api/franchise?page=0&limit=5&name=nobody*').expect(200);
    expect(other.headers.etag).not.toBe(shared.headers.etag);
    const own = await service.http.get(path).set(admin.bearer).expect(200);
    expect(own.headers.etag).toBeUndefined();
    expect(own.body.franchises[0]).toHaveProperty('admins');
    expect(shared.body.franchises[0]).not.toHaveProperty('admins');
  });

  it('that cannot be read is an error that is not kept', async () => {
    const path = '/api/franchise?page=1&limit=7';
    await service.db.schema.alterTable('franchises').renameTo('hidden_franchises').execute();
    const broken = await service.http.get(path);
    await service.db.schema.alterTable('hidden_franchises').renameTo('franchises').execute();
    expectProblem(broken, 'internal');
    await service.http.get(path).expect(200);
  });
});
