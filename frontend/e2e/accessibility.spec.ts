import type { Page } from 'playwright/test';
import {
  ADMIN,
  expect,
  expectAccessible,
  FRANCHISEE,
  fillCart,
  goToPayment,
  logInAs,
  openReadyOrder,
  register,
  test,
  untilDrawn,
} from './fixtures.ts';
import { answerWithOrder } from './made-up-order.ts';

/**
 * Every page and every state that looks its own way is given to axe here, once, in both themes. Journeys do not repeat it.
 * A state that only a journey of minutes reaches is looked at there: an incident, in drill.spec.ts.
 */
const law = (page: string) => `${page} has no serious fault for people who use assistive technology`;

// What is laid out in one column at any width is looked at on a phone.
const openPages = [
  '/',
  '/menu',
  '/login @phone',
  '/register @phone',
  '/logout @phone',
  '/about @phone',
  '/history @phone',
  '/privacy',
  '/franchise-dashboard',
  '/docs/service @phone',
  '/nowhere @phone',
];

for (const [path = '', tag = ''] of openPages.map((page) => page.split(' '))) {
  test(`${law(path)} ${tag}`.trim(), async ({ page }) => {
    await page.goto(path);
    await untilDrawn(page);
    await expectAccessible(page);
  });
}

test(law('the cart'), async ({ page }) => {
  await fillCart(page);
  await untilDrawn(page);
  await expectAccessible(page);
});

test(law('the payment'), async ({ page, diner }) => {
  await register(page, diner);
  await goToPayment(page);
  await untilDrawn(page);
  await expectAccessible(page);
});

test(law('a pizza that was verified and checked, with its QR code,'), async ({ page, diner }) => {
  await openReadyOrder(page, diner);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The real thing')).toBeVisible();
  await page.getByRole('button', { name: 'Check it yourself' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Genuine' })).toBeVisible();
  await page.getByRole('button', { name: 'Show QR code' }).click();
  await expect(page.getByRole('img', { name: 'QR code of this pizza' })).toBeVisible();
  await expectAccessible(page);
});

test(`${law('the history of orders')} @phone`, async ({ page, diner }) => {
  await openReadyOrder(page, diner);
  await page.goto('/diner-dashboard');
  await expect(page.getByRole('link', { name: /^No\. \d+$/ })).toBeVisible();
  await untilDrawn(page);
  await expectAccessible(page);
});

test(
  law('where somebody is logged in, asked whether to log out everywhere else,'),
  async ({ page, diner }) => {
    await register(page, diner);
    await logInAs(page, diner);
    await page.goto('/sessions');
    await page.getByRole('button', { name: 'Log out everywhere else' }).click();
    await untilDrawn(page);
    await expectAccessible(page);
  },
);

const states = [
  ['waits for the factory', 'waiting', 'unreachable', 'Holding your place'],
  ['failed', 'failed', 'too_many_failures', 'We could not make it'],
] as const;

for (const [what, status, reasonCode, title] of states) {
  test(`${law(`an order that ${what}`)} @phone`, async ({ page, diner }) => {
    await register(page, diner);
    await answerWithOrder(page, { status, reasonCode });
    await page.goto('/delivery?order=7');
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expectAccessible(page);
  });
}

test(`${law('the form of an account, refused,')} @phone`, async ({ page, diner, guard }) => {
  await register(page, diner);
  const { id } = (await (await page.request.get('/api/user/me')).json()) as { id: number };
  guard.expectRefusal(403, `/api/user/${id}`);
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Email address').fill(`new-${diner.email}`);
  await page.getByLabel('Current password').fill('wrong');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
});

test(`${law('the form that deletes an account, refused,')} @phone`, async ({ page, diner }) => {
  await register(page, diner);
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByLabel('Type your e-mail address').fill('somebody@example.com');
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await expect(page.getByLabel('Type your e-mail address')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
});

test(law('the franchise dashboard'), async ({ page }) => {
  await logInAs(page, FRANCHISEE);
  await page.goto('/franchise-dashboard');
  await expect(page.getByRole('figure').locator('canvas')).toHaveCount(4);
  await untilDrawn(page);
  await expectAccessible(page);
});

test(`${law('the form of a store, refused,')} @desktop`, async ({ page }) => {
  await logInAs(page, FRANCHISEE);
  await page.goto('/franchise-dashboard');
  await expect(page.getByRole('figure').locator('canvas')).toHaveCount(4);
  await page.getByRole('button', { name: 'Edit SLC' }).click();
  await page.getByLabel('Open around the clock').uncheck();
  await page.getByRole('button', { name: 'Add a day' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByLabel('Day', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
});

async function openAsAdmin(page: Page, path: string): Promise<void> {
  await logInAs(page, ADMIN);
  await page.goto(path);
  await untilDrawn(page);
}

test(`${law('the list of franchises with a form that was refused')} @desktop`, async ({ page, guard }) => {
  guard.expectRefusal(404, '/api/franchise');
  await openAsAdmin(page, '/admin-dashboard');
  await page.getByRole('button', { name: 'Add Franchise' }).click();
  await page.getByLabel('franchise name').fill('Nobody’s');
  await page.getByLabel('franchisee admin email').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('Has no account with us.')).toBeVisible();
  await expectAccessible(page);
});

test(`${law('the list of users with the roles of one')} @desktop`, async ({ page }) => {
  await openAsAdmin(page, '/admin-dashboard/users');
  await page.getByRole('button', { name: 'Roles of Dana Diner' }).click();
  await page.getByLabel('Franchise to add').fill('pizzaPocket');
  await page.getByLabel('Franchise to add').blur();
  await expect(page.getByRole('button', { name: 'Take pizzaPocket away' })).toBeVisible();
  await expectAccessible(page);
});

test(`${law('the menu of admins with a form that was refused')} @desktop`, async ({ page }) => {
  await openAsAdmin(page, '/admin-dashboard/menu');
  await page.getByRole('button', { name: 'Add a pizza' }).click();
  await page.getByLabel('Title').fill('Student');
  await page.getByLabel('Price in ₿').fill('0.000000001');
  await page.getByRole('radio', { name: 'funghi' }).check();
  await page.getByRole('button', { name: 'Save pizza' }).click();
  await expect(page.getByLabel('Price in ₿')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
});

test(`${law('the sales figures')} @phone`, async ({ page }) => {
  await openAsAdmin(page, '/admin-dashboard/figures');
  await page.getByRole('button', { name: 'Check the figures' }).click();
  await expect(page.getByText('every figure matches the orders')).toBeVisible();
  await expectAccessible(page);
});

test(`${law('the audit log')} @desktop`, async ({ page }) => {
  await openAsAdmin(page, '/admin-dashboard/figures');
  await page.getByRole('button', { name: 'Rebuild the figures' }).click();
  await expect(page.getByText('every figure matches the orders')).toBeVisible();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await untilDrawn(page);
  await expectAccessible(page);
});

test(law('the operations page'), async ({ page }) => {
  await openAsAdmin(page, '/admin-dashboard/operations');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Fire drill' })).toBeVisible();
  await untilDrawn(page);
  await expectAccessible(page);
});

test.describe('in Spanish', () => {
  test.use({ locale: 'es-ES', timezoneId: 'Europe/Madrid' });

  for (const path of ['/', '/menu']) {
    test(`${law(path)} @phone`, async ({ page }) => {
      await page.goto(path);
      await untilDrawn(page);
      await expect(page.locator('html')).toHaveAttribute('lang', 'es');
      await expectAccessible(page);
    });
  }
});

test('the theme asked for is there again after a reload @phone', async ({ page }) => {
  await page.goto('/');
  const theme = page.getByRole('button', { name: /^Theme/ });
  await theme.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await theme.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
