import type { EndpointDeclaration } from '#contract/endpoint.ts';
import type { OrderState } from '#contract/order-lifecycle.ts';
import {
  aFranchise,
  aMenuItem,
  anOrderRequest,
  aReportLink,
  aStore,
  aStoredOrder,
  aUser,
  type LoggedIn,
  sessionIdOf,
} from '../support/builders.ts';
import type { TestService } from '../support/test-service.ts';

/** The rows that an example request is pointed at, each new. */
export interface ExampleRows {
  franchiseId: number;
  storeId: number;
  menuId: number;
  /** Whom a path with a user means. */
  user: LoggedIn;
  orderId: number;
  /** An incident that brought a report URL, and the link to it that the order's client got. */
  incidentId: number;
  token: string;
  /** The user's. */
  sessionId: string;
}

export interface ExampleRequest {
  method: string;
  path: string;
  query: Record<string, unknown>;
  body: unknown;
}

// What an endpoint can act on; any other endpoint gets an order that waits.
const ORDER_STATES: Partial<Record<string, OrderState>> = { retryOrder: 'failed' };
export const orderStateFor = (name: string): OrderState => ORDER_STATES[name] ?? 'waiting';

/** New rows for a request to this endpoint, in a franchise of its own or the given one. The order is the user's. */
export async function buildRows(
  service: TestService,
  name: string,
  given: { user?: LoggedIn; franchiseId?: number } = {},
): Promise<ExampleRows> {
  const user = given.user ?? (await aUser(service));
  const store = await aStore(service, given.franchiseId ?? (await aFranchise(service)).id);
  const orderId = await aStoredOrder(service, {
    dinerId: user.id,
    state: orderStateFor(name),
    store,
  });
  const item = await aMenuItem(service);
  const report = await aReportLink(service, orderId);
  const sessionId = sessionIdOf(user);
  return {
    franchiseId: store.franchiseId,
    storeId: store.id,
    menuId: item.id,
    user,
    orderId,
    sessionId,
    ...report,
  };
}

let named = 0;

async function menuIds(service: TestService): Promise<number[]> {
  const { body } = await service.http.get('/api/order/menu').expect(200);
  return (body as { id: number }[]).map(({ id }) => id);
}

let aPizza: Promise<string> | undefined;

/** A pizza that a factory has made and signed. */
export async function bakePizza(service: TestService): Promise<string> {
  const diner = await aUser(service);
  const order = await anOrderRequest(service);
  const answer = await service.http.post('/api/order').set(diner.bearer).send(order).expect(200);
  return (answer.body as { jwt: string }).jwt;
}

/** Fields that must name what exists, or be new, by their name. */
async function pointField(
  service: TestService,
  name: string,
  value: unknown,
  rows: ExampleRows,
): Promise<unknown> {
  named += 1;
  switch (name) {
    case 'franchiseId':
      return rows.franchiseId;
    case 'storeId':
      return rows.storeId;
    case 'menuId':
      return rows.menuId;
    case 'menuIds':
      return (await menuIds(service)).reverse();
    case 'admins':
      return [{ email: rows.user.email }];
    case 'name':
      return `${String(value)} ${named}`;
    case 'currentPassword':
      return rows.user.password;
    case 'email':
      return `somebody.${named}@example.com`;
    default:
      return pointBody(service, value, rows);
  }
}

async function pointBody(service: TestService, body: unknown, rows: ExampleRows): Promise<unknown> {
  if (Array.isArray(body)) return Promise.all(body.map((part) => pointBody(service, part, rows)));
  if (typeof body !== 'object' || body === null) return body;
  const fields: [string, unknown][] = [];
  for (const [name, value] of Object.entries(body)) {
    fields.push([name, await pointField(service, name, value, rows)]);
  }
  return Object.fromEntries(fields);
}

async function bodyOf(
  service: TestService,
  name: string,
  declaration: EndpointDeclaration,
  rows: ExampleRows,
) {
  if (name === 'logIn') return { email: rows.user.email, password: rows.user.password };
  if (name === 'verifyPizza') {
    aPizza ??= bakePizza(service);
    return { jwt: await aPizza };
  }
  return pointBody(service, declaration.example.body, rows);
}

/** The value of a path parameter; a parameter nobody knows a row for stops the test that would have skipped it. */
export function pointParameter(declaration: EndpointDeclaration, name: string, rows: ExampleRows): string {
  const known: Record<string, unknown> = {
    franchiseId: rows.franchiseId,
    storeId: rows.storeId,
    menuId: rows.menuId,
    userId: rows.user.id,
    orderId: rows.orderId,
    incidentId: rows.incidentId,
    token: rows.token,
    sessionId: rows.sessionId,
    state: declaration.example.params?.state,
    run: declaration.example.params?.run,
  };
  if (known[name] === undefined)
    throw new Error(`example-requests.ts knows no row for :${name} of ${declaration.path}`);
  return String(known[name]);
}

/** The endpoint's own example, pointed at these rows. */
export async function exampleRequest(
  service: TestService,
  name: string,
  declaration: EndpointDeclaration,
  rows: ExampleRows,
): Promise<ExampleRequest> {
  const query = { ...declaration.example.query };
  if ('storeId' in query) query.storeId = rows.storeId;
  return {
    method: declaration.method,
    path: declaration.path.replace(/:(\w+)/g, (_, parameter: string) =>
      pointParameter(declaration, parameter, rows),
    ),
    query,
    body: declaration.body && (await bodyOf(service, name, declaration, rows)),
  };
}
