import type { RoleAssignment } from '#contract/users.ts';
import { aFranchise, aUser, type LoggedIn } from '../support/builders.ts';
import type { TestService } from '../support/test-service.ts';
import { buildRows } from './example-requests.ts';
import type { Credentials, FuzzRole } from './fuzz-requests.ts';

/** The people and rows that calls meet. The diner owns the order, the franchisee the franchise. */
export interface World {
  tokens: Partial<Record<FuzzRole, string>>;
  rows: Record<string, unknown>;
}

async function retireMenu(service: TestService): Promise<void> {
  await service.db
    .updateTable('menu_items')
    .set({ retired_at: new Date() })
    .where('retired_at', 'is', null)
    .execute();
}

async function readMenuIds(service: TestService): Promise<number[]> {
  const menu = service.db.selectFrom('menu_items').select('id').where('retired_at', 'is', null);
  return (await menu.execute()).map(({ id }) => id);
}

/** New people and rows: calls before may have logged out, deleted or closed those there were. */
export async function buildWorld(service: TestService, name: string, jwt: string): Promise<World> {
  await retireMenu(service); // or the menu, which many answers hold, would grow with every world
  const franchise = await aFranchise(service);
  const diner = await aUser(service);
  const asRole = (role: RoleAssignment): Promise<LoggedIn> => aUser(service, [role]);
  const franchisee = await asRole({ role: 'franchisee', objectId: franchise.id });
  const admin = await asRole({ role: 'admin' });
  const { user, ...rows } = await buildRows(service, name, { franchiseId: franchise.id, user: diner });
  return {
    tokens: { diner: diner.token, franchisee: franchisee.token, admin: admin.token },
    rows: { ...rows, userId: user.id, email: user.email, jwt, menuIds: await readMenuIds(service) },
  };
}

/** The headers that show who calls. */
export function showCredentials(
  credentials: Credentials,
  world: World,
  ownOrigin: string,
): Record<string, string> {
  if (credentials.by === 'odd') return { authorization: credentials.header };
  const token = world.tokens[credentials.role];
  if (token === undefined) return {};
  if (credentials.by === 'tampered') return { authorization: `Bearer ${token.slice(0, -3)}AAA` };
  if (credentials.by === 'bearer') return { authorization: `Bearer ${token}` };
  const origin = credentials.origin === 'own' ? ownOrigin : credentials.origin;
  return { cookie: `session=${token}`, ...(origin !== undefined && { origin }) };
}
