import type { Page } from 'playwright/test';
import { ADMIN, expect, logInAs, register, test } from './fixtures.ts';

async function openAsAdmin(page: Page, path: string, heading: string): Promise<void> {
  await logInAs(page, ADMIN);
  await page.goto(path);
  await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
}

const unique = () => Date.now().toString(36);

test('an admin creates a franchise with two franchisees, renames and closes it @desktop', async ({
  page,
  guard,
}) => {
  guard.expectRefusal(404, '/api/franchise');
  const name = `Forno ${unique()}`;
  await openAsAdmin(page, '/admin-dashboard', 'Behind the counter');
  await page.getByRole('button', { name: 'Add Franchise' }).click();
  await page.getByLabel('franchise name').fill(name);
  await page.getByLabel('franchisee admin email').fill('f@jwt.com');
  await page.getByRole('button', { name: 'One more franchisee' }).click();
  await page.getByLabel('franchisee admin email 2').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('Has no account with us.')).toBeVisible();
  await page.getByLabel('franchisee admin email 2').fill('d@jwt.com');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText(`${name} is open for business.`)).toBeVisible();
  await page.getByLabel('Filter franchises').fill(name);
  const row = page.getByRole('row', { name });
  await expect(row).toContainText('Fabio Franchisee, Dana Diner');
  await expect(row.getByRole('link', { name: 'Dashboard' })).toHaveAttribute('href', /\?franchise=\d+$/);
  await row.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('franchise name').fill(`${name} II`);
  await page.getByRole('button', { name: 'Take franchisee 2 off' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('II');
  await expect(row).not.toContainText('Dana Diner');
  await row.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('Its franchisees lose their key to it.')).toBeVisible();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('No franchise is called that.')).toBeVisible();
});

test('an admin gives a role and takes an account away, but cannot take the last admin @desktop', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(409, '/api/user/1');
  await register(page, diner);
  await page.goto('/admin-dashboard');
  await expect(page.getByRole('heading', { name: 'Staff only' })).toBeVisible();
  await openAsAdmin(page, '/admin-dashboard/users', 'Users');
  await page.getByLabel('Filter users').fill(diner.email);
  const row = page.getByRole('row', { name: diner.email });
  await row.getByRole('button', { name: 'Roles' }).click();
  await page.getByLabel('Franchise to add').fill('pizzaPocket');
  await page.getByLabel('Franchise to add').blur();
  await expect(page.getByRole('button', { name: 'Take pizzaPocket away' })).toBeVisible();
  await page.getByRole('button', { name: 'Save roles' }).click();
  await expect(row).toContainText('Franchisee');
  await row.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Nobody is called that.')).toBeVisible();
  await page.getByLabel('Filter users').fill('a@jwt.com');
  await page.getByRole('button', { name: 'Roles of Amara Admin' }).click();
  await page.getByRole('checkbox', { name: 'Diner' }).check();
  await page.getByRole('checkbox', { name: 'Admin' }).uncheck();
  await page.getByRole('button', { name: 'Save roles' }).click();
  await expect(page.getByRole('alert')).toContainText('This is the last admin.');
});

test('an admin adds a pizza, moves it by keyboard, sells it out and retires it, all on record @desktop', async ({
  page,
}) => {
  const title = `Student ${unique()}`;
  await openAsAdmin(page, '/admin-dashboard/menu', 'The menu');
  await page.getByRole('button', { name: 'Add a pizza' }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill('Just carbs');
  await page.getByLabel('Price in ₿').fill('0.000000001');
  await page.getByRole('button', { name: 'Save pizza' }).click();
  await expect(page.getByLabel('Price in ₿')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Price in ₿').fill('0.00000001');
  await page.getByRole('radio', { name: 'funghi' }).check();
  await page.getByRole('button', { name: 'Save pizza' }).click();
  const pizzas = page.getByRole('list', { name: 'Pizzas in their order' }).getByRole('listitem');
  await expect(pizzas.last()).toContainText(title);
  await expect(pizzas.last()).toContainText('0.00000001');
  const count = await pizzas.count();
  await page.getByRole('button', { name: `Move ${title} up` }).press('Enter');
  await expect(page.getByText(`${title} now stands on place ${count - 1} of ${count}.`)).toBeVisible();
  await expect(page.getByRole('button', { name: `Move ${title} up` })).toBeFocused();
  await page.reload();
  await expect(pizzas.nth(count - 2)).toContainText(title);
  await page.getByRole('button', { name: `Mark ${title} sold out` }).click();
  await expect(page.getByRole('button', { name: `${title} is back again` })).toBeVisible();
  await page.getByRole('button', { name: `Retire ${title}` }).click();
  await page.getByRole('button', { name: 'Retire', exact: true }).click();
  await expect(page.getByText(`${title} is off the menu.`)).toBeVisible();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByText(`Amara Admin took ${title} off the menu`)).toBeVisible();
  await page.getByLabel('Action').selectOption('Pizza added');
  await expect(page.getByText(`Amara Admin put ${title} on the menu`)).toBeVisible();
  await expect(page.getByText('off the menu')).toBeHidden();
});

test('an admin checks and rebuilds the sales figures, with what came of it @phone', async ({ page }) => {
  await openAsAdmin(page, '/admin-dashboard/figures', 'Sales figures');
  for (const name of ['Check the figures', 'Rebuild the figures']) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByText('every figure matches the orders')).toBeVisible();
  }
  await page.getByRole('link', { name: 'Users' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
