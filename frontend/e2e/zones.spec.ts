import { expect, FRANCHISEE, logInAs, test } from './fixtures.ts';

test.use({ timezoneId: 'America/Denver', locale: 'en-US' });

test('hours are edited under the name of the clock they go by @desktop', async ({ page }) => {
  await logInAs(page, FRANCHISEE);
  await page.goto('/franchise-dashboard');
  await page.getByRole('button', { name: 'Edit SLC' }).click();
  await page.getByLabel('Open around the clock').uncheck();
  await expect(page.getByText('By the clock of the store, Coordinated Universal Time.')).toBeVisible();
});
