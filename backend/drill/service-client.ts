import { Agent, request } from 'undici';
import type { OrderState } from '#contract/order-lifecycle.ts';
import type { Answer } from './diner-orders.ts';
import type { Incident } from './logs.ts';

/** Longer than the longest honest answer: a plain client may wait 40 s for the truth. */
const LONGEST_ANSWER_MS = 60_000;
/** A client that can come back hangs up sooner, and sends the same request again. */
const ASYNC_ANSWER_MS = 15_000;
const INCIDENT_PAGES = 20;
const DEMO_ADMIN = { email: 'a@jwt.com', password: 'admin' };

export interface OrderRequest {
  franchiseId: number;
  storeId: number;
  items: { menuId: number; description: string; price: number }[];
  note?: string;
}

interface Reply {
  status: number;
  contentType: string;
  /** The answer's JSON; undefined when it is none. */
  body: unknown;
}

interface Call {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  token?: string;
  headers?: Record<string, string>;
  body?: unknown;
  withinMs?: number;
}

/** What an order's answers have in common, in the words of the contract. */
interface OrderAnswer {
  order?: { id?: number; status?: OrderState };
  jwt?: string;
  code?: string;
  reportPizzaCreationErrorToPizzaFactoryUrl?: string;
  followLinkToEndChaos?: string;
}

/** The links that a refused plain client was given. */
export interface Links {
  report: string | undefined;
  followLink: string | undefined;
}

export type ServiceClient = ReturnType<typeof createServiceClient>;

/** The service as its clients see it: HTTP and nothing else. */
export function createServiceClient(url: string) {
  const agent = new Agent({ connect: { timeout: 5_000 } });

  /** Rejects when the line is cut. */
  async function call({
    method,
    path,
    token,
    headers,
    body,
    withinMs = LONGEST_ANSWER_MS,
  }: Call): Promise<Reply> {
    const response = await request(new URL(path, url), {
      method,
      dispatcher: agent,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(withinMs),
    });
    const text = await response.body.text();
    return {
      status: response.statusCode,
      contentType: String(response.headers['content-type'] ?? ''),
      body: parse(text),
    };
  }

  async function expectOk<T>(wanted: Call): Promise<T> {
    const { status, body } = await call(wanted);
    if (status === 200) return body as T;
    throw new Error(`${wanted.method} ${wanted.path} was answered ${status}: ${JSON.stringify(body)}`);
  }

  async function askAboutOrder(by: Answer['by'], wanted: Call): Promise<{ answer: Answer; links: Links }> {
    const sentAt = Date.now();
    const { status, body } = await call(wanted).catch(() => ({ status: 0, body: undefined }));
    const said = (body ?? {}) as OrderAnswer;
    return {
      answer: {
        by,
        sentAt,
        at: Date.now(),
        httpStatus: status,
        code: said.code,
        orderId: said.order?.id,
        state: said.order?.status,
        jwt: said.jwt,
      },
      links: {
        report: said.reportPizzaCreationErrorToPizzaFactoryUrl,
        followLink: said.followLinkToEndChaos,
      },
    };
  }

  return {
    url,
    call,

    async register(name: string): Promise<{ dinerId: number; token: string }> {
      const body = { name, email: `${name}@drill.test`, password: `pizza for ${name}, please` };
      const { user, token } = await expectOk<{ user: { id: number }; token: string }>({
        method: 'POST',
        path: '/api/auth',
        body,
      });
      return { dinerId: user.id, token };
    },

    async logInAsAdmin(): Promise<string> {
      const path = '/api/auth';
      return (await expectOk<{ token: string }>({ method: 'PUT', path, body: DEMO_ADMIN })).token;
    },

    /** Answers orders that could be placed: one pizza each, of every item in every store. */
    async readChoices(): Promise<OrderRequest[]> {
      const menu = await expectOk<{ id: number; title: string; price: number }[]>({
        method: 'GET',
        path: '/api/order/menu',
      });
      const { franchises } = await expectOk<{ franchises: { id: number; stores: { id: number }[] }[] }>({
        method: 'GET',
        path: '/api/franchise?limit=100',
      });
      const stores = franchises.flatMap((franchise) =>
        franchise.stores.map(({ id }) => ({ franchiseId: franchise.id, storeId: id })),
      );
      return stores.flatMap((store) =>
        menu.map(({ id, title, price }) => ({
          ...store,
          items: [{ menuId: id, description: title, price }],
        })),
      );
    },

    /** As the storefront orders with a key; as a plain client without one. */
    placeOrder(token: string, { note, ...order }: OrderRequest, key: string | undefined) {
      const asStorefront = { prefer: 'respond-async, wait=2', 'idempotency-key': key ?? '' };
      return askAboutOrder('placing', {
        method: 'POST',
        path: '/api/order',
        token,
        body: { ...order, items: order.items.map((item) => (note === undefined ? item : { ...item, note })) },
        ...(key !== undefined && { headers: asStorefront, withinMs: ASYNC_ANSWER_MS }),
      });
    },

    async lookAtOrder(token: string, orderId: number): Promise<Answer> {
      const path = `/api/order/${orderId}`;
      return (await askAboutOrder('looking', { method: 'GET', path, token, withinMs: ASYNC_ANSWER_MS }))
        .answer;
    },

    /** Answers undefined when the service does not tell of incidents. */
    async readIncidents(adminToken: string): Promise<Incident[] | undefined> {
      const incidents: Incident[] = [];
      for (let page = 1; page <= INCIDENT_PAGES; page += 1) {
        const path = `/api/operations/incidents?page=${page}`;
        const { status, body } = await call({ method: 'GET', path, token: adminToken });
        if (status !== 200) return undefined;
        const found = body as { incidents: RawIncident[]; more: boolean };
        incidents.push(...found.incidents.map(readIncident));
        if (!found.more) break;
      }
      return incidents;
    },

    close: (): Promise<void> => agent.destroy(),
  };
}

interface RawIncident {
  id: number;
  mode: string;
  startedAt: string;
  detectedAt: string | null;
  restoredAt: string | null;
  ordersDelayed: number;
  ordersFailed: number;
}

function readIncident({ startedAt, detectedAt, restoredAt, ...rest }: RawIncident): Incident {
  const { id, mode, ordersDelayed, ordersFailed } = rest;
  const time = (text: string | null): number | undefined => (text === null ? undefined : Date.parse(text));
  return {
    id,
    mode,
    startedAt: Date.parse(startedAt),
    detectedAt: time(detectedAt),
    restoredAt: time(restoredAt),
    ordersDelayed,
    ordersFailed,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
