import type { Page } from 'playwright/test';
import { expect, expectOrders, fillCart, goToPayment, logIn, register, test } from './fixtures.ts';

const other = (diner: { name: string; email: string; password: string }) => ({
  ...diner,
  name: 'Robin Vale',
  email: `other-${diner.email}`,
});

/** Logs this browser in as somebody new, as another program would: no page of ours is told. */
async function registerAnew(page: Page, person: Parameters<typeof register>[1]): Promise<void> {
  await page.context().clearCookies();
  await register(page, person);
}

test('a page drawn for one diner never orders for another who logged in since, and shows who it is now @desktop', async ({
  page,
  context,
  diner,
}) => {
  const robin = other(diner);
  await registerAnew(page, robin);
  await registerAnew(page, diner);
  await goToPayment(page);
  await expect(page.getByText('Made out to Kai Chen')).toBeVisible();
  const tab = await context.newPage();
  await tab.goto('/logout');
  await expect(tab.getByRole('heading', { name: 'See you at the next slice' })).toBeVisible();
  await tab.goto('/login');
  await logIn(tab, robin);
  await expect(tab.getByRole('link', { name: 'Logout' })).toBeVisible();
  await expect(page.getByText('Made out to Kai Chen')).toBeHidden();
  await expect(page.getByRole('link', { name: 'RV' })).toBeVisible();
  await expect(page.getByText('You are logged in as Robin Vale now')).toBeVisible();
  await expect(page.getByText('2 × Pepperoni')).toBeHidden();
});

test('a payment pressed before the tab could notice another log-in is refused, and nothing is ordered @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(409, '/api/order');
  guard.expectRefusal(409, '/api/order/quote');
  await register(page, diner);
  await goToPayment(page);
  await registerAnew(page, other(diner));
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByText('You are logged in as Robin Vale now')).toBeVisible();
  await expect(page.getByText('Made out to Kai Chen')).toBeHidden();
  await expectOrders(page, 0);
});

test('after a log-out the next person finds neither cart nor notes, and the owner finds both again @phone', async ({
  page,
  diner,
}) => {
  const robin = other(diner);
  await registerAnew(page, robin);
  await registerAnew(page, diner);
  await fillCart(page);
  await page.getByRole('button', { name: 'Add a note for Veggie' }).click();
  await page.getByRole('textbox', { name: 'Note for Veggie' }).fill('gate code 4711');
  await page.goto('/logout');
  await expect(page.getByRole('heading', { name: 'See you at the next slice' })).toBeVisible();
  await page.getByRole('link', { name: 'Order', exact: true }).click();
  await expect(page.getByText('Nothing on the ticket yet')).toBeVisible();
  await expect(page.getByText('Baking for you at')).toBeHidden();
  await page.goto('/login');
  await logIn(page, robin);
  // Whoever logs in is brought to the first page.
  await expect(page).toHaveURL(/\/$/);
  await page.getByRole('link', { name: 'Order', exact: true }).click();
  await expect(page.getByText('Nothing on the ticket yet')).toBeVisible();
  await page.goto('/logout');
  await page.getByRole('link', { name: 'Login' }).click();
  await logIn(page, diner);
  await expect(page).toHaveURL(/\/$/);
  await page.getByRole('link', { name: 'Order', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Note for Veggie' })).toHaveValue('gate code 4711');
});

test('a tab on the menu is without the cart as soon as its owner logs out in another @desktop', async ({
  page,
  context,
  diner,
}) => {
  await register(page, diner);
  await fillCart(page);
  const tab = await context.newPage();
  await tab.goto('/logout');
  await expect(page.getByText('Nothing on the ticket yet')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Login' })).toBeVisible();
});

test('a cart filled by a guest goes to the first who logs in, and to nobody after @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.context().clearCookies();
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await logIn(page, diner);
  await expect(page.getByText('2 × Pepperoni')).toBeVisible();
  await page.goto('/logout');
  await expect(page.getByRole('heading', { name: 'See you at the next slice' })).toBeVisible();
  await page.goto('/menu');
  await expect(page.getByText('Nothing on the ticket yet')).toBeVisible();
});

test('a deleted account leaves no cart behind on the computer @phone', async ({ page, diner }) => {
  await register(page, diner);
  await fillCart(page);
  await page.getByRole('button', { name: 'Add a note for Veggie' }).click();
  await page.getByRole('textbox', { name: 'Note for Veggie' }).fill('gate code 4711');
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByLabel('Type your e-mail address').fill(diner.email);
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await expect(page.getByRole('heading', { name: 'Arrivederci' })).toBeVisible();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(stored).not.toContain('4711');
});
