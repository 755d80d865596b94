import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFranchise, aMenuItem, aStore, aUser, type LoggedIn } from '../support/builders.ts';
import { expectProblem, wrongFields } from '../support/problem.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

interface Thing {
  path: string;
  /** What one editor changes, what the other does, and how the latter's field is called. */
  changes: [object, object];
  read: () => Promise<Record<string, unknown> & { version: number }>;
}

async function aPizza(): Promise<Thing> {
  const { id } = await aMenuItem(service, { price: 0.0038 });
  const read = async () =>
    (await service.http.get('/api/order/menu').expect(200)).body.find(
      (item: { id: number }) => item.id === id,
    );
  return { path: `/api/order/menu/${id}`, changes: [{ price: 0.005 }, { description: 'Better' }], read };
}

async function aStoreOfOurs(): Promise<Thing> {
  const { id, franchiseId } = await aStore(service);
  const list = `/api/franchise/${franchiseId}/store`;
  const read = async () => (await service.http.get(list).set(admin.bearer).expect(200)).body.stores[0];
  return { path: `${list}/${id}`, changes: [{ paused: true }, { timeZone: 'America/Denver' }], read };
}

async function aFranchiseOfOurs(): Promise<Thing> {
  const { id, name } = await aFranchise(service);
  const read = async () => {
    const answer = await service.http.get('/api/franchise?limit=100').set(admin.bearer).expect(200);
    return answer.body.franchises.find((franchise: { id: number }) => franchise.id === id);
  };
  const changes: [object, object] = [{ admins: [{ email: admin.email }] }, { name: `${name} anew` }];
  return { path: `/api/franchise/${id}`, changes, read };
}

const things: [string, () => Promise<Thing>][] = [
  ['a pizza of the menu', aPizza],
  ['a store', aStoreOfOurs],
  ['a franchise', aFranchiseOfOurs],
];

const put = (path: string, body: object, headers: Record<string, string> = {}) =>
  service.http
    .put(path)
    .set({ ...admin.bearer, ...headers })
    .send(body);

describe.each(things)('two editors of %s', (_what, build) => {
  it('who change different fields both get what they wanted', async () => {
    const { path, changes, read } = await build();
    const before = await read();
    await put(path, changes[0]).expect(200);
    const between = await read();
    await put(path, changes[1]).expect(200);
    const after = await read();
    expect([before.version, between.version, after.version]).toEqual([1, 2, 3]);
    const changed = Object.keys(changes[1]);
    expect({
      ...after,
      ...Object.fromEntries([...changed, 'version'].map((name) => [name, undefined])),
    }).toEqual({
      ...between,
      ...Object.fromEntries([...changed, 'version'].map((name) => [name, undefined])),
    });
  });

  it.each([
    ['the header', (version: number) => [{}, { 'if-match': `"${version}"` }] as const],
    ['the body', (version: number) => [{ version }, {}] as const],
  ])(
    'the second of whom names in %s what they had before them is refused, and told what is now',
    async (_where, tell) => {
      const { path, changes, read } = await build();
      const { version } = await read();
      const [body, headers] = tell(version);
      await put(path, { ...changes[0], ...body }, headers).expect(200);
      const now = await read();
      const { current } = expectProblem(
        await put(path, { ...changes[1], ...body }, headers),
        'version_conflict',
      );
      expect(now).toMatchObject({ id: current?.id, version: 2 });
      expect(current).toMatchObject({ version: 2 });
      expect(await read()).toEqual(now);
      const [body2, headers2] = tell(2);
      await put(path, { ...changes[1], ...body2 }, headers2).expect(200);
      expect((await read()).version).toBe(3);
    },
  );

  it('at the same moment, both from one version: one is stored, the other refused', async () => {
    const { path, changes } = await build();
    const answers = await Promise.all(changes.map((change) => put(path, { ...change, version: 1 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('may say that any version will do', async () => {
    const { path, changes } = await build();
    await put(path, changes[0], { 'if-match': '*' }).expect(200);
    await put(path, changes[1], { 'if-match': '"7", "2"' }).expect(200);
    expectProblem(await put(path, changes[0], { 'if-match': 'W/"not-ours"' }), 'version_conflict');
  });

  it.each([0, -1, 1.5, '1', null])('are told that the version %j is none', async (version) => {
    const { path, changes } = await build();
    expect(wrongFields(expectProblem(await put(path, { ...changes[0], version }), 'invalid_input'))).toEqual([
      'version',
    ]);
  });
});
