import { expect, logIn, register, test } from './fixtures.ts';

// As browsers do that keep no data for a site: already the mention of a storage throws.
test.beforeEach(async ({ context }) => {
  await context.addInitScript(() => {
    const refuse = (owner: object, name: string) =>
      Object.defineProperty(owner, name, {
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'BroadcastChannel'])
      refuse(window, name);
    for (const name of ['serviceWorker', 'locks']) refuse(Navigator.prototype, name);
  });
});

test('without any storage a guest fills a cart, logs in, pays and sees the pizza', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.context().clearCookies();
  await goToMenuAndLogIn();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();

  async function goToMenuAndLogIn(): Promise<void> {
    await page.goto('/menu');
    await page.getByRole('combobox', { name: 'Your store' }).fill('SLC');
    await page.getByRole('option', { name: 'SLC' }).first().click();
    await page.getByRole('button', { name: 'Add Veggie' }).click();
    await page.getByRole('button', { name: 'Checkout' }).click();
    await logIn(page, diner);
    await expect(page.getByText('1 × Veggie')).toBeVisible();
  }
});

for (const path of [
  '/',
  '/menu',
  '/about',
  '/privacy',
  '/history',
  '/franchise-dashboard',
  '/login',
  '/register',
  '/docs/service',
])
  test(`without any storage ${path} is shown, and theme and language can be changed @phone`, async ({
    page,
  }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.getByRole('button', { name: 'Theme: as the system' }).click();
    await expect(page.getByRole('button', { name: 'Theme: light' })).toBeVisible();
    await page.getByRole('button', { name: 'Español' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
