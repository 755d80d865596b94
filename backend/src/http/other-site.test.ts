import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeScratchFolder, type ScratchFolder } from '../../local-stack/scratch-folder.ts';
import { aMenuItem, aUser, type LoggedIn } from '../../test/support/builders.ts';
import { expectProblem } from '../../test/support/problem.ts';
import { startTestService, type TestService } from '../../test/support/test-service.ts';

const FRIEND = 'https://friend.example.com';
const STRANGER = 'https://evil.example.com';
const PUBLIC_URL = 'https://pizza.example.com';

let service: TestService;
let folder: ScratchFolder;
let admin: LoggedIn;
beforeAll(async () => {
  folder = makeScratchFolder('other-site');
  mkdirSync(join(folder.path, 'pictures'));
  writeFileSync(join(folder.path, 'pictures/veggie.webp'), 'a picture');
  writeFileSync(join(folder.path, 'index.html'), '<!doctype html>');
  service = await startTestService({
    isWorkerRunning: false,
    storefrontFolder: folder.path,
    settings: { ALLOWED_ORIGINS: FRIEND, PUBLIC_URL },
    // Kept as in production: what is told to one origin must not be told to another.
    sharedForMs: 3_600_000,
  });
  admin = await aUser(service, [{ role: 'admin' }]);
  await aMenuItem(service);
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

const imagesOf = (body: { image: string }[]) => body.map(({ image }) => image);

describe('a page of an allowed origin', () => {
  it('S30: reads answers and errors that it asked for with credentials, by its own name and no other', async () => {
    for (const path of ['/api/order/menu', '/api/user/me', '/api/nothing', '/']) {
      const { headers } = await service.http.get(path).set('origin', FRIEND);
      expect(headers['access-control-allow-origin']).toBe(FRIEND);
      expect(headers['access-control-allow-credentials']).toBe('true');
      expect(headers.vary).toMatch(/\bOrigin\b/);
    }
  });

  it('S30: has its preflights answered for every verb and header it needs', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const { status, headers } = await service.http.options('/api/order').set({
        origin: FRIEND,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type,if-match',
      });
      expect(status).toBe(204);
      expect(headers['access-control-allow-origin']).toBe(FRIEND);
      expect(headers['access-control-allow-credentials']).toBe('true');
      expect(headers['access-control-allow-methods']).toContain(method);
      for (const name of ['Authorization', 'Content-Type', 'If-Match'])
        expect(headers['access-control-allow-headers']).toContain(name);
    }
  });

  it('may show the pictures of the menu, which no other file of ours is for', async () => {
    const picture = await service.http.get('/pictures/veggie.webp').set('origin', FRIEND).expect(200);
    expect(picture.headers['cross-origin-resource-policy']).toBe('cross-origin');
    const page = await service.http.get('/').set({ origin: FRIEND, accept: 'text/html' }).expect(200);
    expect(page.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('is told where the pictures of the menu are, and our own pages as before, whoever asked first', async () => {
    const ask = async (origin?: string) =>
      imagesOf(
        (
          await service.http
            .get('/api/order/menu')
            .set(origin ? { origin } : {})
            .expect(200)
        ).body,
      );
    expect(await ask(FRIEND)).toContain(`${PUBLIC_URL}/pictures/veggie.webp`);
    expect(await ask()).toEqual(expect.arrayContaining(['/pictures/veggie.webp']));
    expect(await ask(STRANGER)).toEqual(await ask());
    expect((await ask(FRIEND)).every((image) => image.startsWith('https://'))).toBe(true);
  });

  it('is told so by every answer that holds the menu', async () => {
    const { id } = await aMenuItem(service);
    const headers = { ...admin.bearer, origin: FRIEND };
    const pizza = { title: 'Student', description: 'Carbs', image: 'pizza9.png', price: 0.0001 };
    const answers = [
      await service.http.put('/api/order/menu').set(headers).send(pizza).expect(200),
      await service.http.put(`/api/order/menu/${id}`).set(headers).send({ price: 0.1 }).expect(200),
      await service.http.delete(`/api/order/menu/${id}`).set(headers).expect(200),
    ];
    for (const { body } of answers) expect(imagesOf(body)).toContain(`${PUBLIC_URL}/pizza9.png`);
  });
});

it('S30: a page of any other origin is answered without a word on origins', async () => {
  for (const origin of [STRANGER, 'null', `${FRIEND}.evil.example.com`, 'http://friend.example.com']) {
    const { headers } = await service.http.get('/api/order/menu').set('origin', origin);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(headers.vary).toMatch(/\bOrigin\b/);
  }
});

describe('an address with a trailing slash', () => {
  it.each(['/api/order/menu/', '/api/franchise/?page=0&limit=10&name=*', '/api/docs/', '/health/live/'])(
    'is the same address, without a redirect: %s',
    async (path) => {
      const slashed = await service.http.get(path).expect(200);
      const plain = await service.http.get(path.replace(/\/(\?|$)/, '$1')).expect(200);
      expect(slashed.body).toEqual(plain.body);
    },
  );

  it('is the same for whoever may ask, and for every verb', async () => {
    const user = { name: 'Ada', email: 'ada.slash@example.com', password: 'a long pass phrase' };
    await service.http.post('/api/auth/').send(user).expect(200);
    await service.http.put('/api/auth/').send(user).expect(200);
    await service.http.get('/api/user/').set(admin.bearer).expect(200);
    expectProblem(await service.http.get('/api/user/me/'), 'unauthorized');
    const franchise = { name: 'Slash', admins: [{ email: admin.email }] };
    const { body } = await service.http.post('/api/franchise/').set(admin.bearer).send(franchise).expect(200);
    await service.http.delete(`/api/franchise/${body.id}/`).set(admin.bearer).expect(200);
  });

  it.each(['/API/order/menu/', '/api/Order/menu', '/api/order/menu//', '/api//order/menu'])(
    'is another one in another letter case, or with more slashes: %s',
    async (path) => {
      expectProblem(await service.http.get(path), 'unknown_endpoint');
    },
  );

  it('shows a browser the reference page as without it', async () => {
    const { headers } = await service.http.get('/api/docs/').set('accept', 'text/html').expect(302);
    expect(headers.location).toBe('/docs/service');
  });
});
