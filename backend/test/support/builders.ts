import { decimalFromSatoshi, satoshiFromBitcoin } from '#contract/money.ts';
import type { RoleAssignment } from '#contract/users.ts';
import { insertFranchise, insertStore } from '../../src/features/franchises/franchises.repository.ts';
import type { TestService } from './test-service.ts';

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
export async function aUser(service: TestService, roles: RoleAssignment[] = [{ role: 'diner' }]): Promise<LoggedIn> {
  const name = unique('user');
  const email = `${name.replaceAll(' ', '.')}@example.com`;
  const password = 'correct horse battery';
  const passwordHash = await service.passwords.hash(password);
  const { id } = await service.users.createUser({ name, email, passwordHash, roles });
  const answer = await service.http.put('/api/auth').send({ email, password }).expect(200);
  const { token } = answer.body as { token: string };
  return { id, name, email, password, token, bearer: { authorization: `Bearer ${token}` } };
}

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
