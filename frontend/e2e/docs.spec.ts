import { expect, test } from './fixtures.ts';

test('a visitor who sends an example from the reference sees the real answer beside it @phone', async ({
  page,
}) => {
  await page.goto('/docs/service');
  const entry = page
    .getByRole('listitem')
    .filter({ has: page.getByText('/api/order/quote', { exact: true }) });
  await entry.getByText('Try it').click();
  await entry.getByRole('button', { name: 'Send' }).click();
  await expect(entry.getByText(/^200 · \d+ ms$/)).toBeVisible();
  await expect(entry.locator('[aria-live=polite]')).toContainText('"canOrder": true');
});

test('an address of another host typed into the reference is not called @phone', async ({ page }) => {
  await page.goto('/docs/service');
  const entry = page
    .getByRole('listitem')
    .filter({ has: page.getByText('/api/order/menu', { exact: true }) })
    .first();
  await entry.getByText('Try it').click();
  await entry.getByLabel('Address').fill('//elsewhere.example/api');
  await entry.getByRole('button', { name: 'Send' }).click();
  // The fixture fails a test that calls a foreign host.
  await expect(entry.getByLabel('Address')).toHaveJSProperty('validity.patternMismatch', true);
  await expect(entry.getByText(/ ms$/)).toHaveCount(0);
});
