import type { Page } from 'playwright/test';
import { expect, fillCart, register, test } from './fixtures.ts';

async function expectOrders(page: Page, count: number): Promise<void> {
  await page.goto('/diner-dashboard');
  await expect(page.getByRole('link', { name: /^No\. \d+$/ })).toHaveCount(count);
}

test('Pay now pressed twice makes one order', async ({ page, diner }) => {
  await register(page, diner);
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await page.getByRole('button', { name: 'Pay now' }).dblclick();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expectOrders(page, 1);
});

test('a payment whose answer was lost, sent again after a reload, makes one order', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  let isLost = false;
  await page.route('**/api/order', async (route) => {
    if (route.request().method() !== 'POST' || isLost) return route.fallback();
    isLost = true;
    const answer = await route.fetch();
    expect(answer.ok()).toBe(true);
    await route.fulfill({ status: 200, contentType: 'application/json', body: '' });
  });
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByText('We did not hear an answer')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expectOrders(page, 1);
});

test('a pizza that became dearer holds the payment until the new price is taken', async ({ page, diner }) => {
  await register(page, diner);
  await fillCart(page);
  // What the diner saw is older and lower than what the service asks now.
  await page.evaluate(() => {
    const key = 'jwt-pizza.carts';
    localStorage.setItem(key, (localStorage.getItem(key) ?? '').replaceAll('0.0042', '0.004'));
  });
  await page.goto('/payment');
  await expect(page.getByRole('alert')).toContainText('Something changed');
  await expect(page.getByRole('button', { name: 'Pay now' })).toBeDisabled();
  await page.getByRole('button', { name: 'Take the new price for Pepperoni' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
});

test('a pizza that is sold out at the moment of payment is marked, and the rest can be had without it', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(409, '/api/order');
  await register(page, diner);
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page.getByRole('button', { name: 'Pay now' })).toBeEnabled();
  await page.route('**/api/order/menu*', async (route) => {
    const answer = await route.fetch();
    const menu = (await answer.json()) as { title: string; available: boolean }[];
    await route.fulfill({ json: menu.map((pizza) => ({ ...pizza, available: pizza.title !== 'Veggie' })) });
  });
  await page.route('**/api/order', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      json: {
        type: 'about:blank',
        title: '',
        status: 409,
        code: 'item_unavailable',
        message: '',
        requestId: 'r',
      },
    }),
  );
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByText('Sold out while you were choosing')).toBeVisible();
  await page.unroute('**/api/order');
  await page.getByRole('button', { name: 'Remove Veggie' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
});
