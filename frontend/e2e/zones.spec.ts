import { expect, FRANCHISEE, logInAs, test } from './fixtures.ts';

test.use({ timezoneId: 'America/Denver', locale: 'en-US' });

test('figures and hours say by whose clock they are, to a reader with another one @desktop', async ({
  page,
}) => {
  await logInAs(page, FRANCHISEE);
  await page.goto('/franchise-dashboard');
  await expect(page.getByText('Days begin and end at midnight, Coordinated Universal Time.')).toBeVisible();
  await page.getByRole('button', { name: 'Edit SLC' }).click();
  await page.getByLabel('Open around the clock').uncheck();
  await expect(page.getByText('By the clock of the store, Coordinated Universal Time.')).toBeVisible();
});
