import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type RawBuilder, sql } from 'kysely';
import type { Access, EndpointDeclaration } from '#contract/endpoint.ts';
import { endpoints } from '#contract/endpoints.ts';
import { aFranchise, aUser, type LoggedIn } from '../support/builders.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { buildRows, type ExampleRows, exampleRequest, orderStateFor } from './example-requests.ts';
import { createCaller } from './fuzz-call.ts';

const ROLES = [
  'guest',
  'logged-out session',
  'deleted user',
  'diner',
  'franchisee of this franchise',
  'franchisee of another',
  'admin',
] as const;
type Role = (typeof ROLES)[number];
type Owner = 'self' | 'other';
type Verdict = 401 | 403 | 404 | 'served';

interface Cell {
  name: string;
  declaration: EndpointDeclaration;
  role: Role;
  owner: Owner;
}

const WITHOUT_SESSION: readonly Role[] = ['guest', 'logged-out session', 'deleted user'];

const isPrivateOfOther = (access: Access, owner: Owner): boolean =>
  access.who === 'session' && access.isPrivate === true && owner === 'other';

/** What the access rule alone says of a cell. */
function verdictOf(access: Access, role: Role, owner: Owner): Verdict {
  if (access.who === 'everyone') {
    const isForeign = access.param !== undefined && owner === 'other';
    return isForeign && role !== 'admin' && !WITHOUT_SESSION.includes(role) ? 404 : 'served';
  }
  if (WITHOUT_SESSION.includes(role)) return 401;
  if (role === 'admin') return isPrivateOfOther(access, owner) ? 404 : 'served';
  switch (access.who) {
    case 'session':
      return access.param && owner === 'other' ? 404 : 'served';
    case 'admin':
      return 403;
    case 'self-or-admin':
      return owner === 'self' ? 'served' : 403;
    case 'franchisee-or-admin':
      if (role === 'diner') return 403;
      if (role === 'franchisee of this franchise') return 'served';
      return access.foreign === 'forbidden' ? 403 : 404;
  }
}

/** The owners that make a difference: a guest is nobody, and a path of a franchise is told apart by the roles. */
function ownersOf({ access }: EndpointDeclaration, role: Role): Owner[] {
  const hasOwner =
    access.who === 'self-or-admin' ||
    (access.who === 'session' && access.param !== undefined) ||
    (access.who === 'everyone' && access.param !== undefined && !WITHOUT_SESSION.includes(role));
  return hasOwner && role !== 'guest' ? ['self', 'other'] : ['other'];
}

const cells: Cell[] = Object.entries(endpoints as Record<string, EndpointDeclaration>).flatMap(
  ([name, declaration]) =>
    ROLES.flatMap((role) => ownersOf(declaration, role).map((owner) => ({ name, declaration, role, owner }))),
);

let service: TestService;
let caller: ReturnType<typeof createCaller>;

beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false, settings: { FACTORY_SIMULATED: '1' } });
  caller = createCaller(service.origin);
  // Somebody stays admin when the matrix lets an admin delete themselves.
  await aUser(service, [{ role: 'admin' }]);
});

afterAll(async () => {
  caller?.close();
  await service.stop();
});

async function anActor(role: Role, franchiseId: number): Promise<LoggedIn> {
  switch (role) {
    case 'admin':
      return aUser(service, [{ role: 'admin' }]);
    case 'franchisee of this franchise':
      return aUser(service, [{ role: 'franchisee', objectId: franchiseId }]);
    case 'franchisee of another':
      return aUser(service, [{ role: 'franchisee', objectId: (await aFranchise(service)).id }]);
    default:
      return aUser(service);
  }
}

/** Lets a session end in the way the role says. */
async function endSession(role: Role, actor: LoggedIn): Promise<void> {
  if (role === 'logged-out session') await service.http.delete('/api/auth').set(actor.bearer).expect(200);
  if (role === 'deleted user')
    await service.http.delete(`/api/user/${actor.id}`).set(actor.bearer).expect(200);
}

// Counted by every refused log-in, and written by every node every two seconds, whoever calls.
const NOT_OF_CALLS = ['log_in_tries', 'address_windows', 'nodes'];
let readChecksums: RawBuilder<{ name: string; checksum: string }> | undefined;

/** Builds one query over every table. CHECKSUM TABLE would do, were it steady for tables with generated columns. */
async function buildChecksums(): Promise<RawBuilder<{ name: string; checksum: string }>> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as \`table\`, column_name as \`column\` from information_schema.columns
    where table_schema = database() and coalesce(generation_expression, '') = ''`.execute(service.db);
  const columns = Map.groupBy(rows, ({ table }) => table);
  const checksums = [...columns]
    .filter(([table]) => !NOT_OF_CALLS.includes(table))
    .map(([table, found]) => {
      const all = sql.join(found.map(({ column }) => sql.ref(column)));
      return sql`select ${table} as name, concat(count(*), ':', coalesce(bit_xor(crc32(concat_ws('|', ${all}))), 0)) as checksum
        from ${sql.table(table)}`;
    });
  return sql`${sql.join(checksums, sql` union all `)}`;
}

/** A checksum of every table: unlike a count it also sees a row that was changed. */
async function stateOfDatabase(): Promise<Map<string, string>> {
  readChecksums ??= await buildChecksums();
  const { rows } = await readChecksums.execute(service.db);
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

/** Names of the tables that differ from what they were. */
async function changedSince(before: ReadonlyMap<string, string>): Promise<string[]> {
  const now = await stateOfDatabase();
  return [...now].filter(([table, checksum]) => before.get(table) !== checksum).map(([table]) => table);
}

interface Scene {
  actor: LoggedIn;
  rows: ExampleRows;
}

async function buildScene({ name, role, owner }: Cell): Promise<Scene> {
  const franchise = await aFranchise(service);
  const actor = await anActor(role, franchise.id);
  const given = { franchiseId: franchise.id, ...(owner === 'self' && { user: actor }) };
  const rows = await buildRows(service, name, given);
  await endSession(role, actor);
  return { actor, rows };
}

// A scene serves until a call was let through that may have changed it: refused ones have stored nothing.
const scenes = new Map<string, Scene>();

/** Makes one call for real; answers what is wrong with its outcome. */
async function tryCell(cell: Cell): Promise<string | undefined> {
  const { name, declaration, role, owner } = cell;
  const key = [role, owner, orderStateFor(name)].join();
  const scene = scenes.get(key) ?? (await buildScene(cell));
  scenes.set(key, scene);
  const { method, path, query, body } = await exampleRequest(service, name, declaration, scene.rows);
  const expected = verdictOf(declaration.access, role, owner);
  const before = expected === 'served' ? undefined : await stateOfDatabase();
  const answer = await caller.send({
    method,
    target: `${path}?${new URLSearchParams(query as Record<string, string>)}`,
    headers: {
      ...(role !== 'guest' && scene.actor.bearer),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (expected === 'served' && method !== 'GET') scenes.delete(key);
  const title = `${name} (${method} ${path}) as ${role}, owner ${owner}`;
  const changed = before ? await changedSince(before) : [];
  if (changed.length > 0) return `${title}: answered ${answer.status} and changed ${changed.join(', ')}`;
  const isAsExpected = expected === 'served' ? answer.status < 400 : answer.status === expected;
  return isAsExpected
    ? undefined
    : `${title}: ${expected} expected, ${answer.status} ${answer.body.slice(0, 300)}`;
}

const BREAKS_THE_FACTORY = new Set(['setChaos', 'startDrill']);

it('S19: every role gets from every endpoint what its access rule says, and a refused call stores nothing', async () => {
  const wrong: string[] = [];
  for (const cell of cells) {
    const fault = await tryCell(cell);
    if (fault) wrong.push(fault);
    // The next cell meets a healthy factory.
    if (BREAKS_THE_FACTORY.has(cell.name)) await service.factory.setFault('none');
  }
  process.stdout.write(`access matrix: ${cells.length} cells, ${wrong.length} wrong\n`);
  expect(wrong).toEqual([]);
}, 180_000);

it('S19: the matrix has every verdict for every kind of rule', () => {
  const seen = new Set(
    cells.map(({ declaration, role, owner }) => {
      const verdict = verdictOf(declaration.access, role, owner);
      return `${declaration.access.who}: ${verdict}`;
    }),
  );
  expect([...seen].sort()).toEqual([
    'admin: 401',
    'admin: 403',
    'admin: served',
    'everyone: 404',
    'everyone: served',
    'franchisee-or-admin: 401',
    'franchisee-or-admin: 403',
    'franchisee-or-admin: 404',
    'franchisee-or-admin: served',
    'self-or-admin: 401',
    'self-or-admin: 403',
    'self-or-admin: served',
    'session: 401',
    'session: 404',
    'session: served',
  ]);
});
