import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrderRequest, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

const SOON_MS = 10_000;
const NOTE = 'NO NUTS - allergy';

let service: TestService;
let diner: LoggedIn;
beforeAll(async () => {
  service = await startTestService();
  diner = await aUser(service);
});
afterAll(() => service.stop());

const place = (body: object, headers = {}) =>
  service.http
    .post('/api/order')
    .set({ ...diner.bearer, ...headers })
    .send(body);

async function withNote(note: string | undefined, title?: string) {
  const body = await anOrderRequest(service);
  const [item] = body.items;
  if (title)
    await service.db
      .updateTable('menu_items')
      .set({ title })
      .where('id', '=', item?.menuId ?? 0)
      .execute();
  return { ...body, items: [{ ...item, note }] };
}

/** What the factory was told a pizza is, and has signed. */
function signedDescription(jwt: string): string {
  const payload = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  return payload.order.items[0].description;
}

const titleOf = (answer: { body: { order: { items: { description: string }[] } } }) =>
  answer.body.order.items[0]?.description;

describe('what a diner writes on a pizza', () => {
  it('is in the description that the factory makes and signs, and the order tells it apart', async () => {
    const answer = await place(await withNote(NOTE)).expect(200);
    expect(signedDescription(answer.body.jwt)).toBe(`${titleOf(answer)} (note: ${NOTE})`);
    expect(answer.body.order.items[0]).toMatchObject({ note: NOTE });
    await service.http.post('/api/order/verify').send({ jwt: answer.body.jwt }).expect(200);
  });

  it('is in the pizza of an order that had to wait for the factory, too', async () => {
    await service.factory.setFault('fail', { durationMs: 500 });
    const placed = await place(await withNote(NOTE), { prefer: 'respond-async, wait=0' }).expect(202);
    const { id } = placed.body.order;
    await service.factory.setFault('none');
    await service.db
      .updateTable('orders')
      .set({ next_attempt_at: new Date(0) })
      .where('id', '=', id)
      .execute();
    const read = () => service.http.get(`/api/order/${id}`).set(diner.bearer);
    await eventually('the order is ready', async () => (await read()).body.order.status === 'ready', SOON_MS);
    expect(signedDescription((await read()).body.jwt)).toMatch(/ \(note: NO NUTS - allergy\)$/);
  });

  it('is not there where nothing was written', async () => {
    for (const note of [undefined, '', ' \t ']) {
      const answer = await place(await withNote(note)).expect(200);
      expect(signedDescription(answer.body.jwt)).toBe(titleOf(answer));
      expect(answer.body.order.items[0]).not.toHaveProperty('note');
    }
  });

  it('reaches the store in the list of its orders and in their CSV, and nobody else', async () => {
    const body = await withNote(NOTE);
    const { franchiseId } = body;
    const answer = await place(body).expect(200);
    const franchisee = await aUser(service, [{ role: 'franchisee', objectId: franchiseId }]);
    const orders = `/api/franchise/${franchiseId}/orders`;
    const list = await service.http.get(orders).set(franchisee.bearer).expect(200);
    expect(list.body.orders[0].items).toEqual(answer.body.order.items);
    const today = answer.body.order.date.slice(0, 10);
    const csv = await service.http
      .get(`${orders}/export?from=${today}&to=${today}`)
      .set(franchisee.bearer)
      .expect(200);
    expect(csv.text).toContain(`,${titleOf(answer)}: ${NOTE}\r\n`);
    const stranger = await aUser(service);
    expect((await service.http.get('/api/order').set(stranger.bearer)).text).not.toContain(NOTE);
    expect(JSON.stringify(service.logLines())).not.toContain(NOTE);
  });

  it('fits the pizza however long both are, in any alphabet, and 20 of them are still a pizza', async () => {
    const body = await withNote('漢'.repeat(140), '字'.repeat(100));
    const [item] = body.items;
    const answer = await place({ ...body, items: [{ ...item, quantity: 20 }] }).expect(200);
    expect(signedDescription(answer.body.jwt)).toBe(`${'字'.repeat(100)} (note: ${'漢'.repeat(140)})`);
    await service.http.post('/api/order/verify').send({ jwt: answer.body.jwt }).expect(200);
  });

  it('keeps its words when it was pasted with invisible line breaks', async () => {
    const answer = await place(await withNote('no nuts\u2028please\u202e')).expect(200);
    expect(answer.body.order.items[0].note).toBe('no nuts please');
  });
});
