import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { decimalFromSatoshi, satoshiFromBitcoin } from '#contract/money.ts';
import type { NoAttemptReason, OrderState } from '#contract/order-lifecycle.ts';
import type { RoleAssignment } from '#contract/users.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { insertFranchise, insertStore } from '../../src/features/franchises/franchises.repository.ts';
import { insertReport } from '../../src/features/fulfillment/fault-reports/fault-report.repository.ts';
import {
  type Birth,
  insertTransition,
  transition,
} from '../../src/features/fulfillment/orders/order-transitions.repository.ts';
import { insertIncident, updateIncident } from '../../src/features/incidents/incidents.repository.ts';
import { insertOrder } from '../../src/features/orders/store-order.repository.ts';
import { forgetReportCalls } from './factory-rows.ts';
import type { TestService } from './test-service.ts';

// A waiting order that no sweep shall pick up unless a test makes it due.
const A_DAY_MS = 24 * 60 * 60 * 1000;

// Rows of one test never meet those of another: every built name is new.
let built = 0;
function unique(word: string): string {
  built += 1;
  return `${word} ${process.pid}-${built}`;
}

export interface LoggedIn {
  id: number;
  name: string;
  email: string;
  password: string;
  token: string;
  /** Header of an API client. */
  bearer: { authorization: string };
}

/** A user with these roles (a diner unless told otherwise), logged in through the front door. */
export async function aUser(
  service: TestService,
  roles: RoleAssignment[] = [{ role: 'diner' }],
): Promise<LoggedIn> {
  const name = unique('user');
  const email = `${name.replaceAll(' ', '.')}@example.com`;
  const password = 'correct horse battery';
  const passwordHash = await service.passwords.hash(password);
  const { id } = await service.users.createUser({ name, email, passwordHash, roles });
  const answer = await service.http.put('/api/auth').send({ email, password }).expect(200);
  const { token } = answer.body as { token: string };
  return { id, name, email, password, token, bearer: { authorization: `Bearer ${token}` } };
}

/** The id of the session that the user got. */
export function sessionIdOf({ token }: { token: string }): string {
  const [, claims = ''] = token.split('.');
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { jti: string }).jti;
}

/** Lets a user's sessions be older than a log-in that proves who they are. */
export async function letSessionsAge(service: TestService, userId: number): Promise<void> {
  await service.db
    .updateTable('sessions')
    .set({ created_at: sql<Date>`created_at - interval 11 minute` })
    .where('user_id', '=', userId)
    .execute();
}

/** What brings a built order from the oven into each state. */
const CAUSES = {
  ready: 'made',
  failed: 'not_made_in_time',
  cancelled: 'cancelled_by_diner',
} as const;

/** A pizza on the menu, at the end of it; the price is in ₿. */
export async function aMenuItem(
  service: TestService,
  item: { title?: string; price?: number; isAvailable?: boolean } = {},
): Promise<{ id: number; title: string; price: number }> {
  const { title = unique('pizza'), price = 0.0038, isAvailable = true } = item;
  const inserted = await service.db
    .insertInto('menu_items')
    .values({
      title,
      description: 'A garden of delight',
      image: '/pictures/veggie.webp',
      price: decimalFromSatoshi(satoshiFromBitcoin(price)),
      position: built + 1,
      is_available: isAvailable,
    })
    .executeTakeFirstOrThrow();
  return { id: Number(inserted.insertId), title, price };
}

export async function aFranchise(service: TestService): Promise<{ id: number; name: string }> {
  const name = unique('franchise');
  return { id: await insertFranchise(service.db, name), name };
}

/** An open store of a franchise of its own, or of the given one. */
export async function aStore(
  service: TestService,
  franchiseId?: number,
): Promise<{ id: number; franchiseId: number; name: string }> {
  const owner = franchiseId ?? (await aFranchise(service)).id;
  const name = unique('store');
  return { id: await insertStore(service.db, { franchiseId: owner, name }), franchiseId: owner, name };
}

/** A body of `POST /api/order` for one pizza of a new menu item in a new store. */
export async function anOrderRequest(service: TestService) {
  const store = await aStore(service);
  const item = await aMenuItem(service);
  return {
    franchiseId: store.franchiseId,
    storeId: store.id,
    items: [{ menuId: item.id, description: item.title, price: item.price }],
  };
}

/**
 * An order of one pizza as a node left it: stored and in this state, and no attempt was made for it. The total is in
 * ₿. One that is `making` is held by a node that may be gone (see endLease).
 */
export async function aStoredOrder(
  service: TestService,
  order: {
    dinerId: number;
    state: OrderState;
    store?: { id: number; franchiseId: number };
    total?: number;
    crashedClaims?: number;
    /** Why one that is waiting was not begun. */
    waitsFor?: NoAttemptReason;
  },
): Promise<number> {
  const { dinerId, state, total = 0.0038, crashedClaims = 0, waitsFor = 'no_slot' } = order;
  const store = order.store ?? (await aStore(service));
  const item = await aMenuItem(service, { price: total });
  const pizza = {
    menuId: item.id,
    title: item.title,
    priceSatoshi: satoshiFromBitcoin(total),
    note: undefined,
  };
  const node = 'a-node-that-is-gone:1';
  const birth: Birth =
    state === 'waiting'
      ? { to: state, cause: waitsFor, delayMs: A_DAY_MS }
      : { to: 'making', cause: 'placed' };
  return inTransaction(service.db, async (transaction) => {
    const { id: orderId, fence } = await insertOrder(transaction, {
      dinerId,
      franchiseId: store.franchiseId,
      storeId: store.id,
      pizzas: [pizza],
      placedAt: new Date(),
      node,
      birth,
    });
    const { to, cause } = birth;
    await insertTransition(transaction, { orderId, fence, from: null, node, to, cause });
    if (crashedClaims > 0) {
      await transaction
        .updateTable('orders')
        .set({ crashed_claims: crashedClaims })
        .where('id', '=', orderId)
        .execute();
    }
    if (state !== 'making' && state !== 'waiting') {
      const step = { orderId, fence, from: 'making', to: state, cause: CAUSES[state], node } as const;
      await transition(transaction, step);
    }
    return orderId;
  });
}

/** An incident that is over, with a report URL nobody has called, and the link that the client of this order got to it. */
export async function aReportLink(
  service: TestService,
  orderId: number,
): Promise<{ incidentId: number; token: string }> {
  const now = new Date();
  const { db } = service;
  const factory = service.factory.origin;
  const incidentId = await insertIncident(db, {
    // The factory may be in an incident of its own, and has one open at a time: it gets this one when it is closed.
    factory: `http://${unique('factory').replaceAll(' ', '-')}.test`,
    mode: 'fail',
    startedAt: now,
    now,
    detectedBy: 'order',
  });
  await updateIncident(db, incidentId, { restoredAt: now, closedAt: now });
  await db.updateTable('incidents').set({ factory }).where('id', '=', incidentId).execute();
  const code = unique('code').replaceAll(' ', '-');
  const fingerprint = createHash('sha256').update(code).digest('hex').slice(0, 16);
  await insertReport(db, {
    incidentId,
    factory,
    fingerprint,
    host: '127.0.0.1',
    target: { shape: 'path', code },
    url: undefined,
  });
  await db
    .insertInto('factory_attempts')
    .values({
      order_id: orderId,
      number: 1,
      factory,
      node: 'a-node-that-is-gone:1',
      started_at: now,
      connect_ms: null,
      first_byte_ms: null,
      total_ms: 5,
      http_status: 500,
      outcome: 'refused',
      report_host: '127.0.0.1',
      report_fingerprint: fingerprint,
      signature_verdict: null,
    })
    .execute();
  await forgetReportCalls(service);
  const link = await service.fulfillment.reportLinks.createFor(orderId);
  return { incidentId, token: link?.split('/').at(-1) ?? '' };
}
