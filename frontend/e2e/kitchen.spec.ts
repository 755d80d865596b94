import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import {
  ADMIN,
  DINER,
  expect,
  expectAccessible,
  FRANCHISEE,
  goToPayment,
  logInAs,
  register,
  test,
} from './fixtures.ts';

const KITCHEN = '/admin-dashboard/kitchen';
// What happens elsewhere is shown within this time.
const NEWS = { timeout: 2_000 };
// A recovery, and the minute without a fault after which an incident of an earlier test is closed.
const BY_ITSELF = { timeout: 90_000 };

async function openKitchen(page: Page): Promise<void> {
  await logInAs(page, ADMIN);
  await page.goto(KITCHEN);
  await expect(page.getByRole('heading', { level: 1, name: 'The kitchen' })).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
}

async function incidentsAreClosed(page: Page): Promise<void> {
  const open = async () => {
    const { incidents } = (await (await page.request.get('/api/operations/incidents')).json()) as {
      incidents: { state: string }[];
    };
    return incidents.filter(({ state }) => state === 'open').length;
  };
  await expect.poll(open, BY_ITSELF).toBe(0);
}

test('a drill from the kitchen page is seen live, cured, scored and written down, with an order of another browser in it @desk', async ({
  page,
  diner,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const shop = await browser.newPage({ baseURL: baseURL ?? '' });
  await register(shop, diner);
  await goToPayment(shop);
  await openKitchen(page);
  await incidentsAreClosed(page);

  await page.getByRole('radio', { name: /^fail/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Start the drill' }).focus();
  await page.keyboard.press('Enter');
  await page
    .getByRole('group', { name: /Break the factory\?/ })
    .getByRole('button', { name: 'Yes' })
    .press('Enter');
  await shop.getByRole('button', { name: 'Pay now' }).click();
  await expect(shop).toHaveURL(/\/delivery\?order=\d+$/, BY_ITSELF);
  const orderId = new URL(shop.url()).searchParams.get('order') ?? '';
  await expect(page.getByRole('table', { name: 'Last calls' })).toContainText(`No. ${orderId}`, NEWS);

  const score = page.getByRole('table', { name: 'Scoreboard' });
  await expect(score.getByRole('row', { name: /^This drill: it refuses orders/ })).toContainText(
    'of 94',
    BY_ITSELF,
  );
  await expect(page.getByText('The recovery ended it.')).toBeVisible();
  await expect(page.getByText('Well', { exact: true })).toBeVisible(BY_ITSELF);

  await page
    .getByRole('button', { name: /^Show incident/ })
    .first()
    .click();
  const incident = page.getByRole('region', { name: /^Incident \d+$/ });
  await expect(incident.getByText('The report URL was called', { exact: true }).first()).toBeVisible();
  await expect(incident.getByRole('heading', { name: 'Root cause' })).toBeVisible();
  const download = page.waitForEvent('download');
  await incident.getByRole('link', { name: 'Download as Markdown' }).click();
  const file = await download;
  const text = readFileSync(await file.path(), 'utf8');
  const id = /\d+/.exec(file.suggestedFilename())?.[0];
  const record = await (await page.request.get(`/api/operations/incidents/${id}`)).json();
  const restoredMs = Date.parse(record.restoredAt) - Date.parse(record.startedAt);
  expect(text).toContain(`# Incident ${id}: the pizza factory refused orders`);
  const timeline = text.slice(text.indexOf('## Timeline'), text.indexOf('## Response'));
  expect(timeline.match(/^\| 20/gm)).toHaveLength(record.timeline.length);
  if (restoredMs < 1_000) expect(text).toContain(`${restoredMs} ms after the first fault`);
  if (record.ordersDelayed === 0) expect(text).toContain('No diner');
  else expect(text).toContain(`held up ${record.ordersDelayed} order`);
  await expectAccessible(page);
  await shop.close();
});

test('orders held from the kitchen page stand in the line, can be cancelled there, and go on once resumed @desk', async ({
  page,
  diner,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const shop = await browser.newPage({ baseURL: baseURL ?? '' });
  await register(shop, diner);
  await openKitchen(page);
  await page.getByRole('button', { name: 'Hold all orders' }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(page.getByText('Held', { exact: true })).toBeVisible();
  const ids: string[] = [];
  const line = page.getByRole('table', { name: 'The line' });
  try {
    for (let order = 1; order <= 2; order += 1) {
      // The store chosen for the first order is kept for the second.
      if (order === 1) await goToPayment(shop);
      else {
        await shop.goto('/menu');
        await shop.getByRole('button', { name: 'Add Veggie' }).click();
        await shop.getByRole('button', { name: 'Checkout' }).click();
      }
      await shop.getByRole('button', { name: 'Pay now' }).click();
      await expect(shop).toHaveURL(/\/delivery\?order=\d+$/, BY_ITSELF);
      const id = new URL(shop.url()).searchParams.get('order') ?? '';
      ids.push(id);
      await expect(line).toContainText(`No. ${id}`, NEWS);
    }
    await page.getByRole('button', { name: `Cancel order ${ids[0]}` }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await expect(line).not.toContainText(`No. ${ids[0]}`);
  } finally {
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
  }
  await expect(page.getByText('Nobody waits.', { exact: false })).toBeVisible(BY_ITSELF);
  await expect(shop.getByRole('heading', { level: 1, name: 'Hot and signed' })).toBeVisible(BY_ITSELF);
  await shop.close();
});

test('whoever is no admin is told so kindly, and the server refuses the kitchen @desk', async ({ page }) => {
  await page.goto(KITCHEN);
  await expect(
    page.getByRole('heading', { name: 'Welcome back' }).or(page.getByLabel('Password')),
  ).toBeVisible();
  expect((await page.request.get('/api/operations/factory')).status()).toBe(401);
  for (const account of [DINER, FRANCHISEE]) {
    await logInAs(page, account);
    await page.goto(KITCHEN);
    await expect(page.getByRole('heading', { level: 1, name: 'Staff only' })).toBeVisible();
    for (const path of ['factory', 'events', 'figures', 'drill']) {
      expect((await page.request.get(`/api/operations/${path}`)).status()).toBe(403);
    }
  }
});

test('the kitchen fits a phone, and its numbers stand in tables @phone', async ({ page }) => {
  await openKitchen(page);
  await expect(page.getByRole('heading', { name: 'Fire drill' })).toBeVisible();
  await page.getByText('The numbers of “Orders a minute”').click();
  const numbers = page.getByRole('table', { name: 'Orders a minute' });
  await expect(numbers.getByRole('row')).toHaveCount(61);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
