import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';

test.use({ timezoneId: 'Europe/Madrid', locale: 'en-GB' });

const denver = (name: string, more: object) => ({
  id: 1,
  name,
  isOpen: false,
  timeZone: 'America/Denver',
  ...more,
});

/** As a Friday noon in Madrid: stores there, in Denver, and two of one name. */
async function showStores(page: Page): Promise<void> {
  await page.clock.setFixedTime(new Date('2026-11-27T11:00:00Z'));
  const franchises = [
    {
      id: 1,
      name: 'pizzaPocket',
      stores: [
        { ...denver('Alta', { opensAt: '2026-11-27T18:00:00Z', closesAt: '2026-11-28T04:00:00Z' }) },
        {
          ...denver('Centro', {
            id: 2,
            timeZone: 'Europe/Madrid',
            opensAt: '2026-11-30T12:00:00Z',
            closesAt: null,
          }),
        },
        {
          ...denver('Centro', {
            id: 3,
            timeZone: 'Europe/Madrid',
            isOpen: true,
            opensAt: null,
            closesAt: '2026-11-27T21:30:00Z',
          }),
        },
      ],
    },
    { id: 2, name: 'topSpot', stores: [denver('Centro', { id: 4, opensAt: null, closesAt: null })] },
  ];
  await page.route('**/api/franchise?*', (route) => route.fulfill({ json: { franchises, more: false } }));
}

test('a closed store is found, shown as closed with when it opens and by whose clock, and cannot be chosen', async ({
  page,
}) => {
  await showStores(page);
  await page.goto('/menu');
  const field = page.getByRole('combobox', { name: 'Your store' });
  await field.fill('alta');
  const closed = page.getByRole('option', { name: /Alta/ });
  await expect(closed).toContainText('Closed, opens today at 11:00 (Mountain Time)');
  await expect(closed).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('No store is called')).toBeHidden();
  await expectAccessible(page);
  await field.press('Enter');
  await closed.click({ force: true });
  await expect(page.getByText('Baking for you at')).toBeHidden();
  await field.fill('nowhere');
  await expect(page.getByText('No store is called “nowhere”.')).toBeVisible();
});

test('stores of one name are told apart by their franchise, hours and, in one franchise, number', async ({
  page,
}) => {
  await showStores(page);
  await page.goto('/menu');
  await page.getByRole('combobox', { name: 'Your store' }).fill('centro');
  await expect(page.getByRole('option')).toHaveText([
    /Centro.*by pizzaPocket, No\. 3.*Open until 22:30$/,
    /Centro.*by pizzaPocket, No\. 2.*Closed, opens on Monday at 13:00$/,
    /Centro.*by topSpot.*Closed$/,
  ]);
  await page.getByRole('option').first().click();
  await expect(page.getByRole('paragraph').filter({ hasText: 'Baking for you at' })).toContainText(
    'Open until 22:30',
  );
});

test('the home page says until when a store is open, and when a closed one opens', async ({ page }) => {
  await showStores(page);
  await page.goto('/');
  await page.getByRole('heading', { name: 'An oven near you' }).scrollIntoViewIfNeeded();
  await expect(page.getByText('Open until 22:30')).toBeVisible();
  await expect(page.getByText('Closed, opens today at 11:00 (Mountain Time)')).toBeVisible();
});

test('in Spanish the hours read as they are said', async ({ page }) => {
  await showStores(page);
  await page.addInitScript(() => localStorage.setItem('jwt-pizza.language', '"es"'));
  await page.goto('/menu');
  await page.getByRole('combobox', { name: 'Tu pizzería' }).fill('centro');
  await expect(page.getByRole('option').first()).toContainText('Abierta hasta las 22:30');
  await expect(page.getByRole('option').nth(1)).toContainText('Cerrada, abre el lunes a las 13:00');
});
