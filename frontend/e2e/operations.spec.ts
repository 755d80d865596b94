import type { Page } from 'playwright/test';
import { ADMIN, DINER, expect, FRANCHISEE, goToPayment, logInAs, register, test } from './fixtures.ts';
import { BY_ITSELF, OPERATIONS, openOperations } from './operations-page.ts';

/** Answers an order that waits. A node learns within a second that orders are held; until then it lets them through. */
async function placeHeldOrder(shop: Page, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, prefer: 'respond-async, wait=0' };
  let id = 0;
  const read = async (): Promise<string> =>
    (await (await shop.request.get(`/api/order/${id}`)).json()).order.status;
  const place = async (): Promise<string> => {
    const data = { franchiseId: 1, storeId: 1, items: [{ menuId: 1 }] };
    id = (await (await shop.request.post('/api/order', { data, headers })).json()).order.id;
    await expect.poll(read).not.toBe('making');
    return read();
  };
  await expect.poll(place).toBe('waiting');
  return id;
}

test('orders held from the operations page stand in the queue, can be cancelled there, and go on once resumed @desktop', async ({
  page,
  diner,
  browser,
  baseURL,
}) => {
  const shop = await browser.newPage({ baseURL: baseURL ?? '' });
  const token = await register(shop, diner);
  await openOperations(page);
  await page.getByRole('button', { name: 'Hold all orders' }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(page.getByText('Held', { exact: true })).toBeVisible();
  const ids: string[] = [];
  const queue = page.getByRole('table', { name: 'The queue' });
  try {
    ids.push(String(await placeHeldOrder(shop, token)));
    await goToPayment(shop);
    await shop.getByRole('button', { name: 'Pay now' }).click();
    await expect(shop).toHaveURL(/\/delivery\?order=\d+$/, BY_ITSELF);
    ids.push(new URL(shop.url()).searchParams.get('order') ?? '');
    for (const id of ids) await expect(queue).toContainText(`No. ${id}`);
    await page.getByRole('button', { name: `Cancel order ${ids[0]}` }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await expect(queue).not.toContainText(`No. ${ids[0]}`);
  } finally {
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
  }
  await expect(page.getByText('No order is waiting.')).toBeVisible(BY_ITSELF);
  await expect(shop.getByRole('heading', { level: 1, name: 'Hot and signed' })).toBeVisible(BY_ITSELF);
  await shop.close();
});

test('the addresses that pages of admins had lead to them, with what stood behind them @desktop', async ({
  page,
}) => {
  await logInAs(page, ADMIN);
  await page.goto('/admin-dashboard/books');
  await expect(page.getByRole('heading', { level: 1, name: 'Sales figures' })).toBeVisible();
  await page.goto('/admin-dashboard/kitchen?incident=1');
  await expect(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeVisible();
  await expect(page).toHaveURL(/\/admin-dashboard\/operations\?incident=1$/);
});

test('whoever is no admin is told so kindly, and the server refuses what operators see @desktop', async ({
  page,
}) => {
  await page.goto(OPERATIONS);
  await expect(
    page.getByRole('heading', { name: 'Welcome back' }).or(page.getByLabel('Password')),
  ).toBeVisible();
  expect((await page.request.get('/api/operations/factory')).status()).toBe(401);
  for (const account of [DINER, FRANCHISEE]) {
    await logInAs(page, account);
    await page.goto(OPERATIONS);
    await expect(page.getByRole('heading', { level: 1, name: 'Staff only' })).toBeVisible();
    for (const path of ['factory', 'events', 'figures', 'drill']) {
      expect((await page.request.get(`/api/operations/${path}`)).status()).toBe(403);
    }
  }
});

test('the operations page fits a phone, and its numbers stand in tables @phone', async ({ page }) => {
  await openOperations(page);
  await expect(page.getByRole('heading', { name: 'Fire drill' })).toBeVisible();
  await page.getByText('The numbers of “Orders a minute”').click();
  const numbers = page.getByRole('table', { name: 'Orders a minute' });
  await expect(numbers.getByRole('row')).toHaveCount(61);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
