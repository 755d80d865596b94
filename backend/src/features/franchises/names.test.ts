import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aUser, type LoggedIn } from '../../../test/support/builders.ts';
import { expectProblem, wrongFields } from '../../../test/support/problem.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
let admin: LoggedIn;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
  admin = await aUser(service, [{ role: 'admin' }]);
});
afterAll(() => service.stop());

const create = (name: string) =>
  service.http
    .post('/api/franchise')
    .set(admin.bearer)
    .send({ name, admins: [{ email: admin.email }] });
const namesFor = async (filter: string): Promise<string[]> => {
  const answer = await service.http.get('/api/franchise').query({ name: filter, limit: 100 }).expect(200);
  return answer.body.franchises.map(({ name }: { name: string }) => name);
};

describe('names of franchises', () => {
  it.each([
    ['Pizza 🍕', 'Pizza 🌶'],
    ['Café Uno', 'Cafe Uno'],
    ['Straße Due', 'Strasse Due'],
    ['かまど', 'がまど'],
    ['ﬁne', 'fine'],
    ['Crust', 'Crust.'],
    ['ハナ', 'はな'],
    ['Ål', 'Al'],
  ])('that differ in more than their letter case are two: %s and %s', async (one, other) => {
    await create(one).expect(200);
    await create(other).expect(200);
  });

  it.each([
    ['Topspot', 'TOPSPOT'],
    ['Größe', 'GRÖßE'],
    ['ΟΔΟΣ', 'οδος'],
    ['Пицца', 'пИЦЦА'],
    ['Cafe\u0301 Tre', 'CAFÉ Tre'],
    ['Trimmed', '  trimmed\u00a0'],
    ['Two words', 'Two\u2028words'],
    ['\u{10400}x', '\u{10428}x'],
  ])('that differ in letter case, form or blanks around are one: %j and %j', async (one, other) => {
    await create(one).expect(200);
    expect(wrongFields(expectProblem(await create(other), 'name_taken'))).toEqual(['name']);
  });

  it('of a franchise that is closed are free again', async () => {
    const { body } = await create('Phoenix 🔥').expect(200);
    expectProblem(await create('PHOENIX 🔥'), 'name_taken');
    await service.http.delete(`/api/franchise/${body.id}`).set(admin.bearer).expect(200);
    await create('Phoenix 🔥').expect(200);
  });
});

describe('a filter', () => {
  it('finds what it is given, without regard to case and to nothing else', async () => {
    for (const name of ['Gasse 🍕 q7', 'Gasse 🌶 q7', 'Gaße q7', 'Gäste q7', 'Gaste q7'])
      await create(name).expect(200);
    expect(await namesFor('*🍕 Q7')).toEqual(['Gasse 🍕 q7']);
    expect(await namesFor('gä*Q7')).toEqual(['Gäste q7']);
    expect(await namesFor('GASTE Q7')).toEqual(['Gaste q7']);
    // The upper case of ß is SS, so case alone does not tell them apart.
    expect((await namesFor('GASSE*q7')).sort()).toEqual(['Gasse 🌶 q7', 'Gasse 🍕 q7', 'Gaße q7']);
    expect(await namesFor('*gasse q7')).toEqual(['Gaße q7']);
    expect(await namesFor('gaß* q7')).toContain('Gaße q7');
  });

  it('pages through names that differ in emoji alone without losing or repeating one', async () => {
    const names = ['🍕', '🌶', '🧀', '🍅', '🫒'].map((emoji) => `Zz emoji ${emoji}`);
    for (const name of names) await create(name).expect(200);
    const seen: string[] = [];
    for (const page of [0, 1, 2]) {
      const query = { name: 'Zz emoji *', limit: 2, page };
      const { body } = await service.http.get('/api/franchise').query(query).expect(200);
      seen.push(...body.franchises.map(({ name }: { name: string }) => name));
    }
    expect(seen.toSorted()).toEqual(names.toSorted());
  });

  it('of users finds names and addresses alike, also of an internationalised domain as people read it', async () => {
    const register = (name: string, email: string) =>
      service.http.post('/api/auth').send({ name, email, password: 'a long pass phrase' }).expect(200);
    await register('Jörg Großmann', 'jg@bücher-q8.example');
    await register('Jorg Grossmann', 'jg@other-q8.example');
    const find = async (filter: string): Promise<string[]> => {
      const answer = await service.http
        .get('/api/user')
        .query({ name: filter })
        .set(admin.bearer)
        .expect(200);
      return answer.body.users.map(({ email }: { email: string }) => email);
    };
    expect(await find('jör*GROSSMANN')).toEqual(['jg@bücher-q8.example']);
    expect(await find('jorg*')).toEqual(['jg@other-q8.example']);
    expect(await find('*@bücher-q8.example')).toEqual(['jg@bücher-q8.example']);
  });
});
