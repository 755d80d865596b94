import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aFranchise,
  aMenuItem,
  anOrderRequest,
  aStore,
  aUser,
  type LoggedIn,
} from '../../../test/support/builders.ts';
import { countOrderRows, readOrderRow } from '../../../test/support/order-rows.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

type Body = Record<string, unknown> & { items: Record<string, unknown>[] };

async function aRequest(): Promise<
  Body & { franchiseId: number; storeId: number; items: { menuId: number }[] }
> {
  return anOrderRequest(service);
}

let keys = 0;
function aKey(): string {
  keys += 1;
  return `place-order-key-${keys}`;
}

async function place(body: unknown, options: { key?: string; bearer?: { authorization: string } } = {}) {
  const { key = aKey(), bearer = (await aUser(service)).bearer } = options;
  return service.http
    .post('/api/order')
    .set(bearer)
    .set('idempotency-key', key)
    .send(body as object);
}

/** Places an order that must store nothing and ask nobody. */
async function expectNothingStored(
  body: unknown,
  options: { key?: string; bearer?: LoggedIn['bearer'] } = {},
) {
  const state = async () => [await countOrderRows(service), (await service.factory.journal()).calls.length];
  const { bearer } = options.bearer ? { bearer: options.bearer } : await aUser(service);
  const before = await state();
  const answer = await place(body, { ...options, bearer });
  expect(await state()).toEqual(before);
  return answer;
}

/** As above, and the key of the refused order is free for a good one. */
async function expectRefused(body: unknown) {
  const { bearer } = await aUser(service);
  const key = aKey();
  const answer = await expectNothingStored(body, { key, bearer });
  const retried = await place(await aRequest(), { key, bearer });
  expect(retried.status).toBe(200);
  expect(retried.headers['idempotency-replayed']).toBeUndefined();
  return answer;
}

describe('an order that is made', () => {
  it('S23: answers titles, prices, total, store and franchise of ours, and a pizza that names it', async () => {
    const franchise = await aFranchise(service);
    const store = await aStore(service, franchise.id);
    const [veggie, pepperoni] = [
      await aMenuItem(service, { price: 0.0038 }),
      await aMenuItem(service, { price: 0.0042 }),
    ];
    const diner = await aUser(service);
    const body = {
      franchiseId: franchise.id,
      storeId: store.id,
      items: [
        { menuId: veggie.id, description: 'Diamonds', price: 0.0038 },
        { menuId: pepperoni.id, note: '  well done ' },
      ],
    };
    const answer = await place(body, { bearer: diner.bearer });
    expect(answer.status).toBe(200);
    expect(answer.body.order).toEqual({
      id: expect.any(Number),
      franchiseId: franchise.id,
      franchiseName: franchise.name,
      storeId: store.id,
      storeName: store.name,
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      status: 'ready',
      total: 0.008,
      items: [
        { id: 1, menuId: veggie.id, description: veggie.title, price: 0.0038 },
        { id: 2, menuId: pepperoni.id, description: pepperoni.title, price: 0.0042, note: 'well done' },
      ],
    });
    const payload = JSON.parse(Buffer.from(answer.body.jwt.split('.')[1], 'base64url').toString());
    expect(payload).toMatchObject({
      diner: { id: diner.id, name: diner.name, email: diner.email },
      order: { id: answer.body.order.id, items: [{ menuId: veggie.id }, { menuId: pepperoni.id }] },
    });
  });

  it('totals are exact where floats are not', async () => {
    const store = await aStore(service);
    const items = await Promise.all([0.1, 0.2, 0.00000001].map((price) => aMenuItem(service, { price })));
    const answer = await place({
      ...{ franchiseId: store.franchiseId, storeId: store.id },
      items: items.map(({ id }) => ({ menuId: id })),
    });
    expect(answer.body.order.total).toBe(0.30000001);
    expect((await readOrderRow(service, answer.body.order.id)).total).toBe('0.30000001');
  });

  it('a line of three is three pizzas of the factory, each with the note of its line', async () => {
    const body = await aRequest();
    const [item] = body.items;
    const answer = await place({ ...body, items: [{ ...item, quantity: 3, note: 'no onions' }, item] });
    const pizza = { menuId: item?.menuId, price: 0.0038, description: expect.any(String) };
    const noted = { ...pizza, note: 'no onions' };
    expect(answer.body.order.items).toEqual([
      { id: 1, ...noted },
      { id: 2, ...noted },
      { id: 3, ...noted },
      { id: 4, ...pizza },
    ]);
    expect(answer.body.order.total).toBe(0.0152);
  });

  it('S24: 20 pizzas over several lines are an order', async () => {
    const body = await aRequest();
    const answer = await place({
      ...body,
      items: [19, 1].map((quantity) => ({ ...body.items[0], quantity })),
    });
    expect([answer.status, answer.body.order.items.length]).toEqual([200, 20]);
  });

  it('ids that come as strings of digits are taken, as the storefront of old sends them', async () => {
    const body = await aRequest();
    const items = body.items.map((item) => ({ ...item, menuId: String(item.menuId) }));
    const answer = await place({
      franchiseId: String(body.franchiseId),
      storeId: String(body.storeId),
      items,
    });
    expect(answer.body.order).toMatchObject({
      status: 'ready',
      storeId: body.storeId,
      franchiseId: body.franchiseId,
    });
  });

  it('S3: fields nobody declared are neither stored nor obeyed', async () => {
    const { franchiseId, storeId, items } = await aRequest();
    const diner = await aUser(service);
    const text = JSON.stringify({
      ...{
        franchiseId,
        storeId,
        id: 1,
        status: 'ready',
        state: 'failed',
        total: 0,
        dinerId: 1,
        jwt: 'a.b.c',
      },
      items: [{ ...items[0], title: 'Free', id: 99, priceSatoshi: 0 }],
    }).replace('{', '{"__proto__":{"total":0},"constructor":{"prototype":{"total":0}},');
    const answer = await service.http
      .post('/api/order')
      .set(diner.bearer)
      .type('json')
      .send(text)
      .expect(200);
    const row = await readOrderRow(service, answer.body.order.id);
    expect(row).toMatchObject({
      diner_id: diner.id,
      state: 'ready',
      total: '0.00380000',
      jwt: answer.body.jwt,
    });
    expect(row.id).not.toBe(1);
  });
});

describe('the price', () => {
  it('S23: a diner who agreed to more than the menu says pays the price of the menu', async () => {
    const body = await aRequest();
    const answer = await place({ ...body, items: [{ ...body.items[0], price: 0.5 }] });
    expect(answer.body.order).toMatchObject({ status: 'ready', total: 0.0038, items: [{ price: 0.0038 }] });
  });

  it('S23: a diner who names no price pays the price of the menu', async () => {
    const body = await aRequest();
    const answer = await place({ ...body, items: [{ menuId: body.items[0]?.menuId }] });
    expect(answer.body.order.total).toBe(0.0038);
  });

  it.each([
    ['by one satoshi', 0.00379999],
    ['by all of it', 0],
  ])(
    'S23: an order whose price is too low %s is refused with the current price',
    async (_circumstance, price) => {
      const body = await aRequest();
      const dear = await aMenuItem(service, { price: 0.0099 });
      const items = [
        { ...body.items[0], price },
        { menuId: dear.id, price: 0.0099 },
      ];
      const problem = expectProblem(await expectRefused({ ...body, items }), 'price_changed');
      expect(problem.status).toBe(409);
      expect(problem.prices).toEqual([{ menuId: body.items[0]?.menuId, price: 0.0038 }]);
      expect(wrongFields(problem)).toEqual(['items.0.price']);
    },
  );
});

describe('an order that is refused stores nothing, asks no factory and binds no key', () => {
  const withItem = (part: object) => (body: Body) => ({ ...body, items: [{ ...body.items[0], ...part }] });
  const noIds = [
    undefined,
    null,
    {},
    [],
    true,
    '',
    'one',
    '1 or 1=1',
    '-1',
    0,
    -1,
    1.5,
    2 ** 31,
    '99999999999',
  ];
  const invalid: [string, (body: Body) => unknown, string[]][] = [
    ['without a body', () => undefined, ['franchiseId', 'items', 'storeId']],
    ['of an empty object', () => ({}), ['franchiseId', 'items', 'storeId']],
    ['that is a list', () => [], ['']],
    ['without items', (body) => ({ ...body, items: undefined }), ['items']],
    ['S2: whose items are an object', (body) => ({ ...body, items: {} }), ['items']],
    ['S2: whose items are a text', (body) => ({ ...body, items: 'pizza' }), ['items']],
    ['S2: with an item that is null', (body) => ({ ...body, items: [null] }), ['items.0']],
    ['S24: of 0 pizzas', (body) => ({ ...body, items: [] }), ['items']],
    ['S24: of 21 lines', (body) => ({ ...body, items: Array(21).fill(body.items[0]) }), ['items']],
    ['S24: of 21 of a kind', withItem({ quantity: 21 }), ['items', 'items.0.quantity']],
    [
      'S24: of 21 over two lines',
      (body) => ({ ...body, items: [20, 1].map((quantity) => ({ ...body.items[0], quantity })) }),
      ['items'],
    ],
    ['of a quantity of 0', withItem({ quantity: 0 }), ['items.0.quantity']],
    ['of half a pizza', withItem({ quantity: 0.5 }), ['items.0.quantity']],
    ['S2: of a quantity "2"', withItem({ quantity: '2' }), ['items.0.quantity']],
    ['of a negative price', withItem({ price: -0.0038 }), ['items.0.price']],
    ['of a price of 9 decimals', withItem({ price: 0.003800001 }), ['items.0.price']],
    ['of a price beyond all money', withItem({ price: 21_000_001 }), ['items.0.price']],
    ['S2: of a price that is a text', withItem({ price: '0.0038' }), ['items.0.price']],
    ['of a note of 141 characters', withItem({ note: 'n'.repeat(141) }), ['items.0.note']],
    ['of a note of nothing visible', withItem({ note: '\u200b\u2060' }), ['items.0.note']],
    [
      'S24: of a menu id nobody knows',
      (body) => ({ ...body, items: [body.items[0], { menuId: 2_147_483_647 }] }),
      ['items.1.menuId'],
    ],
    ['S24: of a store nobody knows', (body) => ({ ...body, storeId: 2_147_483_647 }), ['storeId']],
    [
      'that names three things wrong',
      () => ({ franchiseId: 'x', storeId: null, items: [{ menuId: [] }] }),
      ['franchiseId', 'items.0.menuId', 'storeId'],
    ],
    ...['storeId', 'franchiseId'].flatMap((field) =>
      noIds.map((value): [string, (body: Body) => unknown, string[]] => [
        `S2: whose ${field} is ${JSON.stringify(value)}`,
        (body) => ({ ...body, [field]: value }),
        [field],
      ]),
    ),
  ];
  it.each(invalid)('an order %s', async (_circumstance, spoil, fields) => {
    const problem = expectProblem(await expectNothingStored(spoil(await aRequest())), 'invalid_input');
    expect(problem.status).toBe(400);
    expect(wrongFields(problem)).toEqual(fields);
  });

  it('an order that is malformed', async () => {
    expectProblem(await expectRefused({ items: [] }), 'invalid_input');
  });

  it('S24: an order at a store of another franchise', async () => {
    const body = await aRequest();
    const other = await aFranchise(service);
    const problem = expectProblem(await expectRefused({ ...body, franchiseId: other.id }), 'invalid_input');
    expect(wrongFields(problem)).toEqual(['storeId']);
  });

  it('S24: an order at a store of a franchise that has closed', async () => {
    const body = await aRequest();
    await service.db
      .updateTable('franchises')
      .set({ closed_at: new Date() })
      .where('id', '=', body.franchiseId)
      .execute();
    expect(wrongFields(expectProblem(await expectRefused(body), 'invalid_input'))).toEqual(['storeId']);
  });

  it('S24: an order at a store that is archived', async () => {
    const body = await aRequest();
    await service.db
      .updateTable('stores')
      .set({ archived_at: new Date() })
      .where('id', '=', body.storeId)
      .execute();
    expect(wrongFields(expectProblem(await expectRefused(body), 'invalid_input'))).toEqual(['storeId']);
  });

  it('S24: an order of a pizza that was taken off the menu', async () => {
    const body = await aRequest();
    const { id } = await aMenuItem(service);
    await service.db.updateTable('menu_items').set({ retired_at: new Date() }).where('id', '=', id).execute();
    const answer = await expectRefused({ ...body, items: [{ menuId: id }] });
    expect(wrongFields(expectProblem(answer, 'invalid_input'))).toEqual(['items.0.menuId']);
  });

  it('S24: an order of a pizza that is sold out everywhere', async () => {
    const body = await aRequest();
    const { id, title } = await aMenuItem(service, { isAvailable: false });
    const problem = expectProblem(
      await expectRefused({ ...body, items: [body.items[0], { menuId: id }] }),
      'item_unavailable',
    );
    expect([problem.status, problem.message]).toEqual([409, `${title} is sold out`]);
    expect(wrongFields(problem)).toEqual(['items.1']);
  });

  it('S24: an order of a pizza that is sold out in its store, while the next store has it', async () => {
    const body = await aRequest();
    const next = await aStore(service, body.franchiseId);
    const menuId = body.items[0]?.menuId ?? 0;
    await service.db
      .insertInto('store_sold_out')
      .values({ store_id: body.storeId, menu_id: menuId })
      .execute();
    const problem = expectProblem(await expectRefused(body), 'item_unavailable');
    expect(wrongFields(problem)).toEqual(['items.0']);
    expect((await place({ ...body, storeId: next.id })).status).toBe(200);
  });

  it('S24: an order at a store that is paused, until the pause is over', async () => {
    const body = await aRequest();
    const pauseUntil = (time: number) =>
      service.db
        .updateTable('stores')
        .set({ paused_until: new Date(time) })
        .where('id', '=', body.storeId)
        .execute();
    await pauseUntil(Date.now() + 3_600_000);
    expect(expectProblem(await expectRefused(body), 'store_closed').status).toBe(409);
    await pauseUntil(Date.now() - 1000);
    expect((await place(body)).status).toBe(200);
  });

  it('S24: an order at a store that is closed by its hours', async () => {
    const body = await aRequest();
    const openOn = (weekdays: number[]) =>
      service.db
        .updateTable('stores')
        .set({
          opening_hours: JSON.stringify({
            weekdays: Object.fromEntries(
              weekdays.map((day) => [day % 7, [{ opens: '00:00', closes: '24:00' }]]),
            ),
          }),
        })
        .where('id', '=', body.storeId)
        .execute();
    const today = new Date().getUTCDay();
    await openOn([today + 3]);
    expectProblem(await expectRefused(body), 'store_closed');
    // Tomorrow too, for the midnight that may fall between these two lines.
    await openOn([today, today + 1]);
    expect((await place(body)).status).toBe(200);
  });

  it('S19: an order without a session', async () => {
    const body = await aRequest();
    const before = await countOrderRows(service);
    expectProblem(await service.http.post('/api/order').send(body), 'unauthorized');
    expect(await countOrderRows(service)).toEqual(before);
  });
});
