import { BUSY_DINER_ORDERS, BUSY_FRANCHISE_ID, DEEP_PAGE, LARGE_SHOP } from './large-shop.ts';

/** Keys that every reading uses: those of its session. */
export const SESSION = ['sessions.PRIMARY', 'user_roles.PRIMARY', 'users.PRIMARY'];
const ONE_ORDER = ['franchises.PRIMARY', 'order_items.PRIMARY', 'orders.PRIMARY', 'stores.PRIMARY'];
const FRANCHISE_ORDERS = [...ONE_ORDER, 'stores.stores_by_franchise'];
const STORES = 'stores.stores_by_franchise';
// What the figures do not have yet: the transitions that are marked, and what belongs to them.
const UNFOLDED = ['t.order_transitions_unfolded', 'o.PRIMARY', 'd.order_transitions_by_order'];
const orders = `/api/franchise/${BUSY_FRANCHISE_ID}/orders`;
const report = `/api/franchise/${BUSY_FRANCHISE_ID}/report`;
const audit = '/api/operations/audit';
const [firstOrder, lastOrder] = BUSY_DINER_ORDERS;
const before = `before=${Math.floor(LARGE_SHOP.orders * 0.3)}`;
const range = `from=${daysAgo(40)}&to=${daysAgo(0)}`;

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

interface Reading {
  what: string;
  as: 'diner' | 'franchisee' | 'admin';
  paths: string[];
  /** Keys beside those of the session; franchises, stores and menu are too few for a key to be always worth it. */
  keys: string[];
}

/** Paths of one reading ask for pages of different size and depth: each has to run the same number of statements. */
export const READINGS: Reading[] = [
  {
    what: `my orders, the first page, page ${DEEP_PAGE} and those before one`,
    as: 'diner',
    paths: ['/api/order?page=1', `/api/order?page=${DEEP_PAGE}`, `/api/order?before=${lastOrder}`],
    keys: [...ONE_ORDER, 'orders.orders_by_diner'],
  },
  {
    what: 'one order with its history',
    as: 'diner',
    paths: [`/api/order/${firstOrder}`, `/api/order/${lastOrder}`],
    keys: [...ONE_ORDER, 'order_transitions.order_transitions_by_order'],
  },
  {
    what: 'one order with its attempts, for admins',
    as: 'admin',
    paths: ['/api/order/1', `/api/order/${LARGE_SHOP.orders / 2 + 1}`],
    keys: [
      ...ONE_ORDER,
      'factory_attempts.factory_attempts_by_order',
      'order_transitions.order_transitions_by_order',
    ],
  },
  {
    what: "a franchise's orders",
    as: 'franchisee',
    paths: [`${orders}?limit=1`, `${orders}?limit=100`, `${orders}?${before}`],
    keys: [...FRANCHISE_ORDERS, 'orders.orders_by_franchise'],
  },
  {
    what: "a franchise's orders in one state",
    as: 'franchisee',
    paths: [
      `${orders}?status=ready`,
      `${orders}?status=waiting&limit=100`,
      `${orders}?status=ready&${before}`,
    ],
    keys: [...FRANCHISE_ORDERS, 'orders.orders_by_franchise_and_state'],
  },
  {
    what: "a store's orders",
    as: 'franchisee',
    paths: [`${orders}?storeId=1`, `${orders}?storeId=301&limit=100`, `${orders}?storeId=1&${before}`],
    keys: [...FRANCHISE_ORDERS, 'orders.orders_by_store'],
  },
  {
    what: "a store's orders in one state",
    as: 'franchisee',
    paths: [`${orders}?storeId=1&status=ready`, `${orders}?storeId=1&status=making&limit=100`],
    keys: [...FRANCHISE_ORDERS, 'orders.orders_by_store_and_state'],
  },
  {
    what: "the export of a franchise's orders",
    as: 'franchisee',
    paths: [
      `${orders}/export?from=${daysAgo(20)}&to=${daysAgo(0)}`,
      `${orders}/export?from=${daysAgo(10)}&to=${daysAgo(10)}`,
    ],
    keys: ['franchises.PRIMARY', STORES, 'stores.PRIMARY', 'orders.orders_of_franchise_by_time'],
  },
  {
    what: "a franchise's stores with their settings",
    as: 'franchisee',
    paths: [`/api/franchise/${BUSY_FRANCHISE_ID}/store`],
    keys: ['franchises.PRIMARY', STORES],
  },
  ...(['day', 'store'] as const).map(
    (by): Reading => ({
      what: `a franchise's figures by ${by}`,
      as: 'franchisee',
      paths: [`${report}?by=${by}&${range}`, `${report}?by=${by}&from=${daysAgo(1)}&to=${daysAgo(1)}`],
      keys: ['franchises.PRIMARY', STORES, 'store_day_figures.PRIMARY', ...UNFOLDED],
    }),
  ),
  {
    what: "a franchise's figures by item",
    as: 'franchisee',
    paths: [`${report}?by=item&${range}`, `${report}?by=item&from=${daysAgo(1)}&to=${daysAgo(1)}`],
    keys: [
      ...['franchises.PRIMARY', STORES, 'store_day_figures.PRIMARY', 'store_item_day_figures.PRIMARY'],
      ...[...UNFOLDED, 'i.PRIMARY'],
    ],
  },
  {
    what: 'franchises, for diners',
    as: 'diner',
    paths: ['/api/franchise?limit=1', '/api/franchise?limit=10&page=9', '/api/franchise?name=*29*'],
    keys: [],
  },
  {
    what: 'franchises with revenue, for admins',
    as: 'admin',
    paths: ['/api/franchise?limit=1', '/api/franchise?limit=100&page=1'],
    keys: [
      ...['user_roles.user_roles_by_object', 'store_day_figures.PRIMARY'],
      'order_transitions.order_transitions_unfolded',
    ],
  },
  {
    what: "a user's franchises with revenue",
    as: 'franchisee',
    paths: ['/api/franchise/2'],
    keys: [
      ...['user_roles.user_roles_by_object', STORES, 'store_day_figures.PRIMARY'],
      'order_transitions.order_transitions_unfolded',
    ],
  },
  {
    // A `*` at the beginning can use no range of an index: the walk in the order of ids ends with the page.
    what: 'users by name',
    as: 'admin',
    paths: ['/api/user?limit=1', '/api/user?name=*499*&limit=10', '/api/user?page=40&limit=100'],
    keys: ['users.PRIMARY'],
  },
  {
    what: 'the audit log',
    as: 'admin',
    paths: [audit, `${audit}?page=20&limit=100`],
    keys: ['audit_log.audit_log_by_time'],
  },
  {
    what: 'the audit log of some days',
    as: 'admin',
    paths: [`${audit}?from=${daysAgo(1)}T00:00:00Z`, `${audit}?to=${daysAgo(-1)}T00:00:00Z&limit=100`],
    keys: ['audit_log.audit_log_by_time'],
  },
  {
    what: 'the audit log of one actor',
    as: 'admin',
    paths: [`${audit}?actorId=5`, `${audit}?actorId=5&from=${daysAgo(1)}T00:00:00Z&limit=100`],
    keys: ['audit_log.audit_log_by_actor'],
  },
  {
    what: 'the audit log of one action',
    as: 'admin',
    paths: [`${audit}?action=user.deleted`, `${audit}?action=user.deleted&limit=100`],
    keys: ['audit_log.audit_log_by_action'],
  },
  {
    what: 'the audit log of one subject',
    as: 'admin',
    paths: [
      `${audit}?subjectType=store&subjectId=7`,
      `${audit}?subjectType=store&subjectId=7&to=${daysAgo(-1)}T00:00:00Z`,
    ],
    keys: ['audit_log.audit_log_by_subject_and_time'],
  },
  {
    what: 'the factories and their last attempts',
    as: 'admin',
    paths: ['/api/operations/factory'],
    keys: ['factory_attempts.factory_attempts_by_factory'],
  },
  {
    what: 'the line of orders',
    as: 'admin',
    paths: ['/api/operations/queue', '/api/operations/queue?page=3&limit=100'],
    keys: [],
  },
  {
    what: 'the orders that failed lately',
    as: 'admin',
    paths: ['/api/operations/failed-orders', '/api/operations/failed-orders?page=3&limit=100'],
    // Those that failed, or those of the day: whichever are fewer.
    keys: ['stores.PRIMARY', 'users.PRIMARY'],
  },
  {
    what: 'the last hour of operations',
    as: 'admin',
    paths: ['/api/operations/figures'],
    keys: [
      'factory_attempts.factory_attempts_by_time',
      'order_transitions.order_transitions_by_time',
      'orders.PRIMARY',
    ],
  },
  { what: 'the incidents', as: 'admin', paths: ['/api/operations/incidents?limit=100'], keys: [] },
  { what: 'the fire drill', as: 'admin', paths: ['/api/operations/drill'], keys: [] },
  { what: 'the state of the service', as: 'diner', paths: ['/api/status'], keys: [] },
];
