import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMenuItem, aStore, aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { whileRefusing } from '../../../test/support/table-dump.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

interface Item {
  id: number;
  title: string;
  image: string;
  price: number;
  description: string;
  available: boolean;
}

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

let pizzas = 0;
function aPizza(changes: object = {}) {
  pizzas += 1;
  const item = { title: `Pizza ${pizzas}`, description: 'Just carbs', image: 'pizza9.png', price: 0.0001 };
  return { ...item, ...changes };
}

const menu = async (): Promise<Item[]> => (await service.http.get('/api/order/menu').expect(200)).body;
const add = (body: object, who = admin) => service.http.put('/api/order/menu').set(who.bearer).send(body);
const edit = (id: number, body: object, who = admin) =>
  service.http.put(`/api/order/menu/${id}`).set(who.bearer).send(body);
const retire = (id: number, who = admin) => service.http.delete(`/api/order/menu/${id}`).set(who.bearer);
const reorder = (menuIds: unknown, who = admin) =>
  service.http.put('/api/order/menu/order').set(who.bearer).send({ menuIds });
const order = (item: { menuId: number; price?: number }, store: { id: number; franchiseId: number }) =>
  service.http
    .post('/api/order')
    .set(admin.bearer)
    .send({ franchiseId: store.franchiseId, storeId: store.id, items: [item] });

async function lastAudit() {
  const { body } = await service.http.get('/api/operations/audit?limit=1').set(admin.bearer).expect(200);
  return body.entries[0];
}

async function countAudits(): Promise<number> {
  const rows = await service.db.selectFrom('audit_log').select('id').execute();
  return rows.length;
}

describe('an admin', () => {
  it('adds a pizza, which stands at the end of the menu that is answered, at its exact price', async () => {
    await aMenuItem(service);
    const before = await menu();
    const pizza = aPizza({ title: '  Quattro ', price: 0.00000001 });
    const answer = await add(pizza).expect(200);
    const id = answer.body.at(-1).id;
    const added = { ...pizza, id, title: 'Quattro', available: true, version: 1 };
    expect(answer.body).toEqual([...before, added]);
    expect(await menu()).toEqual(answer.body);
    expect(await lastAudit()).toMatchObject({
      actor: { id: admin.id },
      action: 'menu-item.added',
      subject: { type: 'menu-item', id },
      details: { title: 'Quattro', price: 0.00000001 },
      requestId: answer.headers['x-request-id'],
    });
  });

  it.each([
    ['title', { title: 'Another' }],
    ['description', { description: 'Another one' }],
    ['image', { image: 'https://pictures.example.com/another.webp' }],
    ['price', { price: 20.00000001 }],
    ['available', { available: false }],
  ])('edits the %s alone, and the rest stays', async (_field, change) => {
    const { id } = await aMenuItem(service);
    const before = (await menu()).find((item) => item.id === id);
    const { body } = await edit(id, change).expect(200);
    expect(body.find((item: Item) => item.id === id)).toEqual({ ...before, ...change, version: 2 });
    expect(await lastAudit()).toMatchObject({
      action: 'menu-item.updated',
      subject: { id },
      details: change,
    });
  });

  it('edits and retires without changing an order that was placed before', async () => {
    const store = await aStore(service);
    const { id, title, price } = await aMenuItem(service, { price: 0.0042 });
    const placed = await order({ menuId: id }, store).expect(200);
    await edit(id, { title: 'Renamed', price: 1 }).expect(200);
    await retire(id).expect(200);
    const { body } = await service.http
      .get(`/api/order/${placed.body.order.id}`)
      .set(admin.bearer)
      .expect(200);
    expect(body.order.items).toEqual([{ id: 1, menuId: id, description: title, price }]);
    expect(body.order.total).toBe(0.0042);
  });

  it('S23: raises a price, which an order at the old price is told instead of paying', async () => {
    const store = await aStore(service);
    const { id } = await aMenuItem(service, { price: 0.001 });
    await edit(id, { price: 0.002 }).expect(200);
    const problem = expectProblem(await order({ menuId: id, price: 0.001 }, store), 'price_changed');
    expect(problem.prices).toEqual([{ menuId: id, price: 0.002 }]);
    expect((await order({ menuId: id, price: 0.002 }, store).expect(200)).body.order.total).toBe(0.002);
  });

  it('marks a pizza sold out everywhere, so that no store sells it, and lets it come back', async () => {
    const store = await aStore(service);
    const { id } = await aMenuItem(service);
    await edit(id, { available: false }).expect(200);
    expectProblem(await order({ menuId: id }, store), 'item_unavailable');
    await edit(id, { available: true }).expect(200);
    await order({ menuId: id }, store).expect(200);
  });

  it('retires a pizza: it leaves the menu, cannot be ordered, edited or retired again', async () => {
    const store = await aStore(service);
    const { id } = await aMenuItem(service);
    const before = await menu();
    const { body } = await retire(id).expect(200);
    expect(body).toEqual(before.filter((item) => item.id !== id));
    expect(await lastAudit()).toMatchObject({ action: 'menu-item.retired', subject: { id } });
    expectProblem(await order({ menuId: id }, store), 'invalid_input');
    expectProblem(await edit(id, { price: 1 }), 'not_found');
    expectProblem(await retire(id), 'not_found');
  });

  it('puts the whole menu into another order', async () => {
    await aMenuItem(service);
    const turned = (await menu()).reverse();
    const { body } = await reorder(turned.map(({ id }) => String(id))).expect(200);
    expect(body).toEqual(turned);
    expect(await menu()).toEqual(turned);
    expect(await lastAudit()).toMatchObject({
      action: 'menu.reordered',
      details: { menuIds: turned.map(({ id }) => id) },
    });
  });

  it.each<[string, (ids: number[]) => unknown]>([
    ['one is missing', (ids) => ids.slice(1)],
    ['one stands twice', (ids) => [...ids, ids[0]]],
    ['one is unknown', (ids) => [...ids, 2_000_000_000]],
    ['one was exchanged', (ids) => [2_000_000_000, ...ids.slice(1)]],
    ['none is there', () => []],
    ['it is no list', () => 'all'],
  ])('cannot reorder a menu of which %s, and it stays as it was', async (_fault, spoil) => {
    await aMenuItem(service);
    await aMenuItem(service);
    const before = await menu();
    const problem = expectProblem(await reorder(spoil(before.map(({ id }) => id))), 'invalid_input');
    expect(wrongFields(problem)).toEqual(['menuIds']);
    expect(await menu()).toEqual(before);
  });
});

describe('a picture', () => {
  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\tscript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'http://pictures.example.com/a.png',
    'ftp://pictures.example.com/a.png',
    'file:///etc/passwd',
    '//pictures.example.com/a.png',
    '\\\\pictures.example.com\\a.png',
    '/\\pictures.example.com/a.png',
    '../secret.png',
    'pictures/../../secret.png',
    '/..',
    './a.png',
    'https://user:password@pictures.example.com/a.png',
    'https://user@pictures.example.com/a.png',
    'https://',
    'https:pictures.example.com',
    'https://pictures.example.com/a.png"onerror="x',
    "https://pictures.example.com/'",
    'https://pictures.example.com/<b>',
    'https://pictures.example.com/a b.png',
    '',
    ' ',
    `https://pictures.example.com/${'x'.repeat(500)}`,
  ])('S7: %j is refused, for a new pizza and for an old one', async (image) => {
    const before = await menu();
    const [first] = before;
    expect(wrongFields(expectProblem(await add(aPizza({ image })), 'invalid_input'))).toEqual(['image']);
    expectProblem(await edit(first?.id ?? 0, { image }), 'invalid_input');
    expect(await menu()).toEqual(before);
  });

  it.each([
    'pizza9.png',
    '/pictures/veggie-240.webp',
    'pictures/deep/er/veggie.webp',
    'https://pictures.example.com/a.png?size=2&x=%20#top',
  ])('S7: %j is taken', async (image) => {
    expect((await add(aPizza({ image })).expect(200)).body.at(-1).image).toBe(image);
  });
});

describe('a price', () => {
  it.each([
    0,
    -1,
    -0.00000001,
    0.000000001,
    0.1 + 0.2,
    1_000_000.00000001,
    1e300,
    '0.0042',
    null,
    {},
    [1],
    true,
  ])('S2, S23: %p is refused, for a new pizza and for an old one', async (price) => {
    const before = await menu();
    const [first] = before;
    expect(wrongFields(expectProblem(await add(aPizza({ price })), 'invalid_input'))).toEqual(['price']);
    expectProblem(await edit(first?.id ?? 0, { price }), 'invalid_input');
    expect(await menu()).toEqual(before);
  });

  it('as high as one may be can still be ordered twenty times, and the sum is exact', async () => {
    const store = await aStore(service);
    const highest = 1_000_000;
    await add(aPizza({ price: highest })).expect(200);
    const menuId = (await menu()).at(-1)?.id;
    const request = { franchiseId: store.franchiseId, storeId: store.id, items: [{ menuId, quantity: 20 }] };
    const quote = await service.http.post('/api/order/quote').send(request).expect(200);
    expect(quote.body).toMatchObject({ canOrder: true, total: highest * 20 });
    const placed = await service.http.post('/api/order').set(admin.bearer).send(request).expect(200);
    expect(placed.body.order.total).toBe(highest * 20);
  });
});

describe('a change of the menu', () => {
  const changes: [string, (id: number, who: LoggedIn) => ReturnType<typeof add>][] = [
    ['adding', (_id, who) => add(aPizza(), who)],
    ['editing', (id, who) => edit(id, { price: 3 }, who)],
    ['retiring', (id, who) => retire(id, who)],
  ];
  const reordering = async (who: LoggedIn) => reorder((await menu()).map(({ id }) => id).reverse(), who);

  it.each(changes)('S19: by %s is refused to a diner and a franchisee with 403', async (_change, act) => {
    const { id } = await aMenuItem(service);
    const { franchiseId } = await aStore(service);
    const before = await menu();
    for (const who of [
      await aUser(service),
      await aUser(service, [{ role: 'franchisee', objectId: franchiseId }]),
    ]) {
      expect(expectProblem(await act(id, who), 'forbidden').message).toBe('unable to add menu item');
      expect(expectProblem(await reordering(who), 'forbidden').message).toBe('unable to add menu item');
    }
    expect(await menu()).toEqual(before);
  });

  it.each(changes)('S40: by %s does not happen when it cannot be audited', async (_change, act) => {
    const { id } = await aMenuItem(service);
    const before = await menu();
    await whileRefusing(service, 'audit_log', async () => {
      expectProblem(await act(id, admin), 'internal');
      expectProblem(await reordering(admin), 'internal');
    });
    expect(await menu()).toEqual(before);
  });

  it('S40: that is refused leaves no entry in the audit log', async () => {
    const before = await countAudits();
    expectProblem(await edit(2_000_000_000, { price: 1 }), 'not_found');
    expectProblem(await retire(2_000_000_000), 'not_found');
    expectProblem(await reorder([2_000_000_000]), 'invalid_input');
    expectProblem(await add(aPizza({ price: -1 })), 'invalid_input');
    expect(await countAudits()).toBe(before);
  });

  it('S3: stores no field that nobody declared', async () => {
    const { body } = await add(
      aPizza({ id: 1, position: 1, is_available: false, retired_at: '2020-01-01' }),
    ).expect(200);
    expect(body.at(-1)).toMatchObject({ available: true });
    expect(body.at(-1).id).not.toBe(1);
  });
});
