import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright/test';
import { press, tabTo } from './by-keyboard.ts';
import { expect, FRANCHISEE, logInAs, register, test } from './fixtures.ts';

const unique = () => Date.now().toString(36);

async function openDashboard(page: Page): Promise<void> {
  await logInAs(page, FRANCHISEE);
  await page.goto('/franchise-dashboard');
  await expect(page.getByRole('heading', { name: 'pizzaPocket', level: 1 })).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  // What stands below the drawings stays where it is once they are there.
  await expect(page.getByRole('figure').locator('canvas')).toHaveCount(4);
}

const cardOf = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, level: 3, exact: true }) });

async function savedText(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await download.path(), 'utf8');
}

test('a franchisee opens a store, gives it hours, pauses it, runs out of a pizza and closes it @desktop', async ({
  page,
  guard,
}) => {
  const name = `Ogden ${unique()}`;
  await openDashboard(page);
  await page.getByRole('button', { name: 'Create store' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByLabel('store name')).toHaveAccessibleDescription('Please give it a name.');
  await page.getByLabel('store name').fill(name);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByText(`${name} is open for business.`)).toBeVisible();
  const card = cardOf(page, name);
  await expect(card.getByText('Open', { exact: true })).toBeVisible();

  const { stores } = (await (await page.request.get('/api/franchise/1/store')).json()) as {
    stores: { id: number; name: string }[];
  };
  guard.expectRefusal(400, `/api/franchise/1/store/${stores.find((store) => store.name === name)?.id}`);
  await card.getByRole('button', { name: `Edit ${name}` }).click();
  await card.getByLabel('Open around the clock').uncheck();
  await card.getByLabel('Time zone').fill('America/Nowhere');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])
    await card.getByRole('button', { name: `Remove these hours on ${day}` }).click();
  await card.getByRole('button', { name: 'Add a day' }).click();
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByRole('alert')).toContainText('fill in every time and day');
  await expect(card.getByLabel('Day', { exact: true })).toHaveAccessibleDescription(/choose a day/);
  await card.getByLabel('Day', { exact: true }).fill('2020-12-24');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByLabel('Time zone')).toHaveAttribute('aria-invalid', 'true');
  await card.getByLabel('Time zone').fill('America/Denver');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByText('Closed now')).toBeVisible();

  await card.getByRole('button', { name: `Pause ${name} for 30 minutes` }).click();
  await expect(card.getByText(/^Paused until .*\d/)).toBeVisible();
  await card.getByRole('button', { name: `Reopen ${name}` }).click();
  await card.getByRole('button', { name: `Sold out in ${name}` }).click();
  await card.getByLabel('Crusty').check();
  await card.getByRole('button', { name: 'Done' }).click();
  await expect(card.getByText('1 sold out')).toBeVisible();

  await card.getByRole('button', { name: `Close ${name}` }).click();
  await page.keyboard.press('Escape');
  await card.getByRole('button', { name: `Close ${name}` }).click();
  await card.getByRole('button', { name: 'Close the store' }).click();
  await expect(card).toHaveCount(0);
});

test('a franchisee without a mouse opens a store, sets its hours and closes it @desktop', async ({
  page,
}) => {
  const name = `Alta ${unique()}`;
  await openDashboard(page);
  await press(page, page.getByRole('button', { name: 'Create store' }));
  await expect(page.getByLabel('store name')).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Create store' })).toBeFocused();
  const card = cardOf(page, name);
  await press(page, card.getByRole('button', { name: `Edit ${name}` }));
  await expect(card.getByLabel('store name')).toBeFocused();
  await tabTo(page, card.getByLabel('Open around the clock'));
  await page.keyboard.press('Space');
  await press(page, card.getByRole('button', { name: 'Add hours on Friday' }));
  await press(page, card.getByRole('button', { name: 'Save' }));
  await expect(card.getByRole('button', { name: `Edit ${name}` })).toBeFocused();
  await press(page, card.getByRole('button', { name: `Close ${name}` }));
  await expect(card.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(card).toHaveCount(0);
});

test('an order placed in another browser is on the franchisee’s page by itself, in list, table and file @desktop', async ({
  page,
  browser,
  baseURL,
  diner,
}) => {
  await openDashboard(page);
  const rows = page.getByRole('table', { name: 'Orders' }).getByRole('row');
  const other = await browser.newPage({ baseURL: baseURL ?? '' });
  const token = await register(other, diner);
  const placing = other.request.post('/api/order', {
    data: { franchiseId: 1, storeId: 1, items: [{ menuId: 5 }, { menuId: 5 }] },
    headers: { authorization: `Bearer ${token}`, prefer: 'respond-async, wait=0' },
  });
  const { order } = (await (await placing).json()) as { order: { id: number } };
  await expect(rows.filter({ hasText: `No. ${order.id}` })).toBeVisible();
  await expect(rows.filter({ hasText: `No. ${order.id}` })).toContainText('Ready');
  await other.close();

  await page.getByLabel('Days').selectOption('Today');
  const total = page.getByRole('definition').first();
  await expect(total).toContainText('₿');
  await page.getByText('The numbers of “Revenue by store”').click();
  const inTable = page.getByRole('table', { name: 'Revenue by store' });
  const shown = await inTable.getByRole('row', { name: /SLC/ }).getByRole('cell').innerText();
  const file = await savedText(page, () => page.getByRole('button', { name: 'Stores as CSV' }).click());
  expect(file, 'Excel needs a byte-order mark to read umlauts').toMatch(/^\ufeffkey,/);
  const inFile = /^\d+,SLC,\d+,\d+,([\d.]+),/m.exec(file)?.[1];
  expect(Number(shown.replace(/[^\d.]/g, ''))).toBe(Number(inFile));

  await page.getByLabel('State').selectOption('Cancelled');
  await expect(rows.filter({ hasText: `No. ${order.id}` })).toHaveCount(0);
});

test('a year of orders shows how far it is, can be stopped, and is one file with every order once @desktop', async ({
  page,
}) => {
  await openDashboard(page);
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  let asked = 0;
  await page.route('**/orders/export*', async (route) => {
    asked += 1;
    if (asked === 3) await held;
    await route.continue().catch(() => undefined);
  });
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  // Twelve on the last day of a month.
  await expect(page.getByText(/^2 of 1[23] parts/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped. Nothing was saved.')).toBeVisible();
  letThrough();
  const file = await savedText(page, () => page.getByRole('button', { name: 'Save as CSV' }).click());
  const [header, ...rows] = file.trimEnd().split('\r\n');
  expect(header).toBe('\ufefforder,placed,store,status,pizzas,total,notes');
  const numbers = rows.map((row) => row.split(',')[0]);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).not.toContain('order');
});

test('a franchisee sees nobody else’s franchise and no page of admins @desktop', async ({ page, guard }) => {
  guard.expectRefusal(404, '/api/franchise/2/store');
  await openDashboard(page);
  await page.goto('/franchise-dashboard?franchise=2');
  await expect(page.getByRole('heading', { name: 'No such franchise' })).toBeVisible();
  await page.getByRole('link', { name: 'To your franchises' }).click();
  await expect(page.getByRole('heading', { name: 'pizzaPocket', level: 1 })).toBeVisible();
  await page.goto('/admin-dashboard/users');
  await expect(page.getByRole('heading', { name: 'Staff only' })).toBeVisible();
});

test('the franchise dashboard fits a phone, and its orders become cards @phone', async ({ page }) => {
  await openDashboard(page);
  await expect(page.getByRole('heading', { name: 'Stores', level: 2 })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Revenue by day' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
