import type { Page } from 'playwright/test';
import { press, tabTo } from './by-keyboard.ts';
import { expect, register, test } from './fixtures.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a diner without a mouse orders, pays, verifies and orders again @desktop', async ({ page, diner }) => {
  await page.goto('/');
  await press(page, page.getByRole('link', { name: 'Register' }));
  await tabTo(page, page.getByLabel('Full name'));
  await page.keyboard.type(diner.name);
  await tabTo(page, page.getByLabel('Email address'));
  await page.keyboard.type(diner.email);
  await tabTo(page, page.getByLabel('Password'));
  await page.keyboard.type(diner.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible();

  await press(page, page.getByRole('link', { name: 'Order', exact: true }));
  const store = page.getByRole('combobox', { name: 'Your store' });
  await tabTo(page, store);
  await page.keyboard.type('o');
  await page.keyboard.press('ArrowDown');
  const chosen = page.getByRole('option', { selected: true });
  await expect(chosen).toBeVisible();
  const name = (await chosen.locator('strong').innerText()).trim();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('paragraph').filter({ hasText: 'Baking for you at' })).toContainText(name);
  await press(page, page.getByRole('button', { name: 'Add Veggie' }));
  await press(page, button(page, 'Checkout'));
  await press(page, button(page, 'Pay now'));
  await expect(page.getByRole('heading', { level: 1, name: 'Hot and signed' })).toBeVisible();
  await press(page, button(page, 'Verify'));
  await expect(page.getByText('The real thing')).toBeVisible();
  await press(page, page.getByRole('link', { name: 'All my pizzas' }));
  await expect(page.getByRole('heading', { level: 1, name: `Ciao, ${diner.name}` })).toBeVisible();
  await press(page, page.getByRole('button', { name: /^Order again/ }).first());
  await expect(page).toHaveURL(/\/payment$/);
  await press(page, button(page, 'Pay now'));
  await expect(page.getByRole('heading', { level: 1, name: 'Hot and signed' })).toBeVisible();
});

test('a reader who tabs into a page may skip to what it is about @desktop', async ({ page }) => {
  await page.goto('/about');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText('Skip to the content');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a menu of stores that is left by Escape gives the old choice back @desktop', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.goto('/menu');
  const store = page.getByRole('combobox', { name: 'Your store' });
  await tabTo(page, store);
  await page.keyboard.type('SLC');
  await page.keyboard.press('Enter');
  await press(page, button(page, 'Change store'));
  await expect(store).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('paragraph').filter({ hasText: 'Baking for you at' })).toContainText('SLC');
});
