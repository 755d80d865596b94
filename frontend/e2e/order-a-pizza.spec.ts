import { expect, fillCart, openReadyOrder, register, test } from './fixtures.ts';

// With all that moves on the pages: other tests are drawn without.
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('a new diner who orders from the menu receives a pizza that verifies and stands first in the history', async ({
  page,
  diner,
}) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Register' }).click();
  await page.getByLabel('Full name').fill(diner.name);
  await page.getByLabel('Email address').fill(diner.email);
  await page.getByLabel('Password').fill(diner.password);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible();
  await page.goto('/');
  await page.getByRole('button', { name: 'Order now' }).click();
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();

  await expect(page.getByText('2 × Pepperoni')).toBeVisible();
  await expect(page.getByText('0.0122')).toBeVisible();
  await page.getByRole('button', { name: 'Pay now' }).click();

  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expect(page).toHaveURL(/\/delivery\?order=\d+$/);
  await expect(page.getByText('Veggie, Pepperoni, Pepperoni')).toBeVisible();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The real thing')).toBeVisible();

  const number = new URL(page.url()).searchParams.get('order');
  await page.getByRole('link', { name: 'KC' }).click();
  const newest = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading') })
    .first();
  await expect(newest).toContainText(`No. ${number}`);
  await expect(newest).toContainText('Veggie, 2 × Pepperoni');
  await expect(newest).toContainText('Ready');
  await newest.getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await page.getByRole('button', { name: 'Order more' }).click();
  await expect(page).toHaveURL(/\/menu$/);
});

test('a pizza page that is reloaded shows the same pizza @phone', async ({ page, diner }) => {
  await openReadyOrder(page, diner);
  const token = page.getByRole('region', { name: 'The whole token' });
  const text = await token.innerText();
  await page.reload();
  await expect(token).toHaveText(text);
});

test('a pizza page of somebody else tells nothing but that there is no such pizza @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(404, '/api/order/2000000000');
  await register(page, diner);
  await page.goto('/delivery?order=2000000000');
  await expect(page.getByRole('heading', { name: 'No such pizza here' })).toBeVisible();
});
