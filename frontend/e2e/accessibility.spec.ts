import { expect, expectAccessible, fillCart, logIn, register, test } from './fixtures.ts';

const openPages = [
  '/',
  '/menu',
  '/login',
  '/register',
  '/logout',
  '/about',
  '/history',
  '/franchise-dashboard',
  '/docs/service',
  '/nowhere',
];

for (const path of openPages) {
  test(`${path} has no serious fault for people who use assistive technology`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page);
  });
}

test('cart and payment have no serious fault', async ({ page, diner }) => {
  test.slow();
  await register(page, diner);
  await fillCart(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page.getByRole('button', { name: 'Pay now' })).toBeEnabled();
  await expectAccessible(page);
});

test('pizza and history have no serious fault', async ({ page, diner }) => {
  test.slow();
  await register(page, diner);
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The real thing')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'KC' }).click();
  await expect(page.getByRole('link', { name: /^No\. \d+$/ })).toBeVisible();
  await expectAccessible(page);
});

test('the pages of franchisees and admins have no serious fault', async ({ page }) => {
  test.slow();
  for (const [email, password, path, heading] of [
    ['f@jwt.com', 'franchisee', '/franchise-dashboard', 'pizzaPocket'],
    ['a@jwt.com', 'admin', '/admin-dashboard', 'Behind the counter'],
  ] as const) {
    await page.goto('/login');
    await logIn(page, { email, password });
    await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible();
    await page.goto(path);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expect(page.getByRole('table').or(page.getByText('No order fits.')).first()).toBeVisible();
    await expectAccessible(page);
    await page.goto('/logout');
    await expect(page.getByRole('heading', { name: 'See you at the next slice' })).toBeVisible();
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
