import { chooseStore, expect, fillCart, logIn, register, test } from './fixtures.ts';

test('a diner who logs out and in again finds the cart as it was @phone', async ({ page, diner }) => {
  await register(page, diner);
  await fillCart(page);
  await page.getByRole('link', { name: 'Logout' }).click();
  await expect(page.getByRole('heading', { name: 'See you at the next slice' })).toBeVisible();
  await page.getByRole('link', { name: 'Login' }).click();
  await logIn(page, diner);
  await page.getByRole('link', { name: 'Order' }).click();
  await expect(page.getByRole('complementary')).toContainText('0.0122');
});

test('a guest who checks out logs in on the way and comes back to the payment @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.context().clearCookies();
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page).toHaveURL(/\/login$/);
  await logIn(page, diner);
  await expect(page).toHaveURL(/\/payment$/);
  await expect(page.getByText('2 × Pepperoni')).toBeVisible();
});

test('a diner who reloads the page stays logged in, and nothing about the session lies in storage @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.goto('/');
  await page.reload();
  await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(stored).not.toContain('eyJ');
});

test('a cart survives a reload, and each store keeps its own @phone', async ({ page }) => {
  await fillCart(page);
  await page.reload();
  const ticket = page.getByRole('complementary');
  await expect(ticket).toContainText('0.0122');
  await page.getByRole('button', { name: 'One Veggie more' }).click();
  await expect(ticket).toContainText('0.016');
  await page.getByRole('button', { name: 'Add a note for Veggie' }).click();
  await page.getByRole('textbox', { name: 'Note for Veggie' }).fill('no olives');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Note for Veggie' })).toHaveValue('no olives');
  await page.getByRole('button', { name: 'Remove Veggie' }).click();
  await expect(ticket).toContainText('0.0084');
});

test('a checkout without a store asks for the store first @phone', async ({ page }) => {
  await page.goto('/menu');
  await page.getByRole('button', { name: 'Add Veggie' }).click();
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page.getByRole('combobox', { name: 'Your store' })).toBeFocused();
  await expect(page.getByText('Choose a store first')).toBeVisible();
  await chooseStore(page, 'SLC');
  await expect(page.getByRole('complementary')).toContainText('0.0038');
});

for (const [what, isPageKept] of [
  ['that was read before', true],
  ['that is still on its way', false],
] as const) {
  test(`whoever leaves the log-in for a page ${what} stays there when the log-in is through @desktop`, async ({
    page,
    diner,
  }) => {
    await register(page, diner);
    await page.context().clearCookies();
    await page.goto(isPageKept ? '/about' : '/');
    await page.getByRole('link', { name: 'Login' }).click();
    const [answer, code] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/api/auth', async (route) => {
      await answer.promise;
      await route.continue();
    });
    if (!isPageKept) {
      await page.route('**/assets/about-page*.js', async (route) => {
        await code.promise;
        await route.continue();
      });
    }
    await logIn(page, diner);
    await page.getByRole('link', { name: 'About', exact: true }).click();
    await expect(page).toHaveURL(/\/about$/);
    answer.resolve();
    await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible();
    code.resolve();
    await expect(page.getByRole('heading', { level: 1, name: 'We bake, you check' })).toBeVisible();
    await expect(page).toHaveURL(/\/about$/);
  });
}
