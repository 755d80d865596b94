import { expect, register, test } from './fixtures.ts';

test('privacy is on one page, a link away from any other, and from it one comes to one’s account @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.goto('/');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Privacy' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What we know about you' })).toBeVisible();
  await expect(page).toHaveTitle('What we know about you · JWT Pizza');
  for (const name of ['What we keep', 'Who sees it', 'Cookies, and what stays in your browser'])
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'notes you write' })).toContainText(
    'Until you delete your account',
  );
  await page.getByRole('link', { name: 'To your account' }).click();
  await expect(page.getByRole('link', { name: 'Download my data' })).toBeVisible();
});

test.describe('in Spanish', () => {
  test.use({ locale: 'es-ES' });

  test('privacy is told in Spanish @desktop', async ({ page }) => {
    await page.goto('/menu');
    await page.getByRole('contentinfo').getByRole('link', { name: 'Privacidad' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Lo que sabemos de ti' })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Qué guardamos' })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText(/\b(the|your|and|with)\b/);
  });
});
