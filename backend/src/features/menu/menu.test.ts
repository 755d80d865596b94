import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aMenuItem } from '../../../test/support/builders.ts';
import { startTestService, type TestService } from '../../../test/support/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ isWorkerRunning: false });
});
afterAll(() => service.stop());

const readMenu = async (): Promise<Record<string, unknown>[]> =>
  (await service.http.get('/api/order/menu').expect(200)).body;

it('anybody reads the menu: every declared field, the exact price, and nothing else', async () => {
  const item = await aMenuItem(service, { price: 0.10000001 });
  const listed = (await readMenu()).find(({ id }) => id === item.id);
  expect(listed).toEqual({
    id: item.id,
    title: item.title,
    image: '/pictures/veggie.webp',
    price: 0.10000001,
    description: 'A garden of delight',
    available: true,
    version: 1,
  });
});

it('the menu stands in its order, not in that of its ids', async () => {
  const [first, second, third] = [
    await aMenuItem(service),
    await aMenuItem(service),
    await aMenuItem(service),
  ];
  const moveTo = (id: number, position: number) =>
    service.db.updateTable('menu_items').set({ position }).where('id', '=', id).execute();
  await moveTo(third.id, 9_000_001);
  await moveTo(first.id, 9_000_002);
  await moveTo(second.id, 9_000_003);
  expect((await readMenu()).slice(-3).map(({ id }) => id)).toEqual([third.id, first.id, second.id]);
});

it('a pizza that is sold out everywhere stays on the menu as not available', async () => {
  const { id } = await aMenuItem(service, { isAvailable: false });
  expect((await readMenu()).find((item) => item.id === id)).toMatchObject({ available: false });
});

it('a pizza that was taken off the menu is not read any more', async () => {
  const { id } = await aMenuItem(service);
  await service.db.updateTable('menu_items').set({ retired_at: new Date() }).where('id', '=', id).execute();
  expect((await readMenu()).map((item) => item.id)).not.toContain(id);
});
