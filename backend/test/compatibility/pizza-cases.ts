import { type CompatibilityCase, refusals, shapes } from './compatibility-case.ts';

const PIZZA = { title: 'Student {new}', description: 'No topping', image: 'pizza9.png', price: 0.0001 };
const ITEM = { menuId: '{pizza.id}', description: '{pizza.title}', price: '{pizza.price}' };
const ORDER = { franchiseId: '{franchise.id}', storeId: '{store.id}', items: [ITEM] };
const EMPTY = { ...ORDER, items: [] };

/** The menu, orders and the pizza itself. */
export const pizzaCases: CompatibilityCase[] = [
  { law: 'anybody reads the menu', request: 'GET /api/order/menu', status: 200, shape: shapes.menu },
  {
    law: 'an admin adds a pizza and is answered the whole menu',
    request: 'PUT /api/order/menu',
    as: 'admin',
    body: PIZZA,
    status: 200,
    shape: shapes.menu,
  },
  {
    law: 'a diner adds no pizza',
    request: 'PUT /api/order/menu',
    as: 'diner',
    body: PIZZA,
    status: 403,
    shape: refusals.says('unable to add menu item'),
  },
  {
    law: 'nobody adds no pizza',
    request: 'PUT /api/order/menu',
    body: PIZZA,
    status: 401,
    shape: refusals.unauthorized,
  },

  {
    law: 'a diner orders',
    request: 'POST /api/order',
    as: 'diner',
    body: ORDER,
    status: 200,
    shape: shapes.placed,
  },
  {
    law: 'the old storefront sends its ids as texts',
    request: 'POST /api/order',
    as: 'diner',
    body: { ...ORDER, franchiseId: '{franchise.id} ', storeId: '{store.id} ' },
    status: 400,
    shape: refusals.any,
  },
  {
    law: 'an id that is a text of digits is one',
    request: 'POST /api/order',
    as: 'diner',
    body: { ...ORDER, storeId: '0{store.id}' },
    status: 200,
    shape: shapes.placed,
  },
  {
    law: 'several pizzas are one order',
    request: 'POST /api/order',
    as: 'diner',
    body: { ...ORDER, items: [ITEM, ITEM, ITEM] },
    status: 200,
    shape: shapes.placed,
  },
  {
    law: 'what else an order sends is ignored',
    request: 'POST /api/order',
    as: 'diner',
    body: { ...ORDER, id: '', total: 0, items: [{ ...ITEM, title: 'Mine', image: 'x.png' }] },
    status: 200,
    shape: shapes.placed,
  },
  {
    law: 'nobody orders nothing',
    request: 'POST /api/order',
    body: ORDER,
    status: 401,
    shape: refusals.unauthorized,
  },
  {
    law: 'no pizza is no order',
    request: 'POST /api/order',
    as: 'diner',
    body: EMPTY,
    status: 400,
    shape: refusals.any,
  },
  {
    law: 'a pizza that is not on the menu is refused',
    request: 'POST /api/order',
    as: 'diner',
    body: { ...ORDER, items: [{ ...ITEM, menuId: 2_000_000_000 }] },
    status: 400,
    shape: refusals.any,
  },
  {
    law: 'a store of another franchise is refused',
    request: 'POST /api/order',
    as: 'diner',
    body: { ...ORDER, storeId: '{otherStore.id}' },
    status: 400,
    shape: refusals.any,
  },
  {
    law: 'an empty order is refused',
    request: 'POST /api/order',
    as: 'diner',
    body: {},
    status: 400,
    shape: refusals.any,
  },

  ...(
    [
      ['', 1],
      ['?page=1', '1'],
      ['?page=0', '0'],
      ['?page=2', '2'],
    ] as const
  ).map(
    ([query, page]): CompatibilityCase => ({
      law: `a diner lists orders (${query || 'no query'}), and the page is told as it was sent`,
      request: `GET /api/order${query}`,
      as: 'diner',
      status: 200,
      shape: shapes.orders(page),
    }),
  ),
  {
    law: 'what was ordered is listed',
    before: [{ request: 'POST /api/order', as: 'diner', body: ORDER }],
    request: 'GET /api/order',
    as: 'diner',
    status: 200,
    shape: shapes.someOrders,
  },
  {
    law: 'a newcomer has no orders',
    request: 'GET /api/order',
    as: 'newcomer',
    status: 200,
    shape: shapes.orders(1),
  },
  {
    law: 'a page of orders that is no number is refused',
    request: 'GET /api/order?page=garbage',
    as: 'diner',
    status: 400,
    shape: refusals.any,
  },
  { law: 'nobody lists no orders', request: 'GET /api/order', status: 401, shape: refusals.unauthorized },

  {
    law: 'anybody checks a pizza',
    before: [{ request: 'POST /api/order', as: 'diner', body: ORDER, keep: 'made' }],
    request: 'POST /api/order/verify',
    body: { jwt: '{made.jwt}' },
    status: 200,
    shape: shapes.verified,
  },
  {
    law: 'a pizza that somebody changed is none',
    before: [{ request: 'POST /api/order', as: 'diner', body: ORDER, keep: 'made' }],
    request: 'POST /api/order/verify',
    body: { jwt: '{made.jwt}x' },
    status: 403,
    shape: refusals.says('invalid'),
  },
  {
    law: 'a session is no pizza',
    request: 'POST /api/order/verify',
    body: { jwt: '{diner.token}' },
    status: 403,
    shape: refusals.says('invalid'),
  },

  {
    law: 'a diner makes no chaos',
    request: 'PUT /api/order/chaos/true',
    as: 'diner',
    status: 403,
    shape: refusals.any,
  },
  {
    law: 'nobody makes no chaos',
    request: 'PUT /api/order/chaos/true',
    status: 401,
    shape: refusals.unauthorized,
  },
  {
    law: 'an admin makes chaos',
    request: 'PUT /api/order/chaos/true',
    as: 'admin',
    status: 200,
    shape: shapes.chaos(true),
  },
  {
    law: 'and ends it',
    request: 'PUT /api/order/chaos/false',
    as: 'admin',
    status: 200,
    shape: shapes.chaos(false),
  },
];
