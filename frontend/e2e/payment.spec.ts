import type { Page } from 'playwright/test';
import { expect, expectOrders, fillCart, goToPayment, openReadyOrder, register, test } from './fixtures.ts';

type Quoted = { title: string; problem?: string };
interface Quote {
  store: { isOpen: boolean };
  items: Quoted[];
}

/** Lets the service quote the cart otherwise than it would. */
async function quoteOtherwise(page: Page, change: (quote: Quote) => Quote): Promise<void> {
  await page.route('**/api/order/quote', async (route) => {
    const answer = await route.fetch();
    const quote = (await answer.json()) as Quote;
    await route.fulfill({ json: answer.ok() ? change(quote) : quote, status: answer.status() });
  });
}

test('Pay now pressed twice makes one order @phone', async ({ page, diner }) => {
  await register(page, diner);
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await page.getByRole('button', { name: 'Pay now' }).dblclick();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expectOrders(page, 1);
});

test('a payment whose answers are lost is taken up again after a reload, and makes one order @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectLostConnection();
  await register(page, diner);
  await goToPayment(page);
  let isLost = true;
  await page.route('**/api/order', async (route) => {
    if (route.request().method() !== 'POST' || !isLost) return route.fallback();
    const answer = await route.fetch();
    expect(answer.ok()).toBe(true);
    await route.abort();
  });
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByText('We did not hear an answer')).toBeVisible();
  isLost = false;
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expectOrders(page, 1);
});

test('an order paid for without a network is kept, and goes out once when the network is back @phone', async ({
  page,
  diner,
  guard,
  context,
}) => {
  guard.expectLostConnection();
  await register(page, diner);
  await goToPayment(page);
  await context.setOffline(true);
  await expect(page.getByText('No connection.')).toBeVisible();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByText('Your order is kept')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expect(page.getByText('No connection.')).toBeHidden();
  await expectOrders(page, 1);
});

test('an order of which the service cannot say whether it was stored is sent again by itself and stays one @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(503, '/api/order');
  await register(page, diner);
  await goToPayment(page);
  const keys: (string | undefined)[] = [];
  await page.route('**/api/order', async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.fallback();
    keys.push(request.headers()['idempotency-key']);
    if (keys.length > 1) return route.fallback();
    // It was stored all the same: only the answer to its COMMIT was lost.
    await route.fetch();
    await route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      json: { type: '', title: '', status: 503, code: 'outcome_unknown', message: 'unknown', requestId: 'r' },
    });
  });
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByText('Your order is kept')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  expect(keys).toEqual([expect.any(String), keys[0]]);
  await expectOrders(page, 1);
});

test('an order that could not be sent and is taken back is never sent @phone', async ({
  page,
  diner,
  guard,
  context,
}) => {
  guard.expectLostConnection();
  await register(page, diner);
  await goToPayment(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByText('Your order is kept')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveURL(/\/menu$/);
  await context.setOffline(false);
  await expect(page.getByText('No connection.')).toBeHidden();
  await expect(page.getByRole('complementary')).toContainText('0.0122');
  await expectOrders(page, 0);
});

test('a diner who goes back while paying finds the order made once and the cart empty @desktop', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await goToPayment(page);
  let answer = (): void => undefined;
  const isWaiting = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/order', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await isWaiting;
    await route.fallback();
  });
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.goBack();
  await expect(page).toHaveURL(/\/menu$/);
  answer();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await page.getByRole('button', { name: 'Order more' }).click();
  await expect(page.getByText('Nothing on the ticket yet')).toBeVisible();
  await expectOrders(page, 1);
});

test('a pizza that became dearer holds the payment until the new price is taken @desktop', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await fillCart(page);
  // What the diner saw is older and lower than what the service asks now.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith('jwt-pizza.carts')))
      localStorage.setItem(key, (localStorage.getItem(key) ?? '').replaceAll('0.0042', '0.004'));
  });
  await page.goto('/payment');
  await expect(page.getByRole('alert')).toContainText('Something changed');
  await expect(page.getByRole('button', { name: 'Pay now' })).toBeDisabled();
  await page.getByRole('button', { name: 'Take the new price for Pepperoni' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
});

test('a pizza that is sold out at the moment of payment is marked, and the rest can be had without it @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(409, '/api/order');
  await register(page, diner);
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page.getByRole('button', { name: 'Pay now' })).toBeEnabled();
  await quoteOtherwise(page, (quote) => ({
    ...quote,
    items: quote.items.map((item) => (item.title === 'Veggie' ? { ...item, problem: 'sold_out' } : item)),
  }));
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

test('a cart of a store that has closed moves to another store without being filled again @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await quoteOtherwise(page, (quote) => ({ ...quote, store: { ...quote.store, isOpen: false } }));
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page.getByRole('alert')).toContainText('This store has just closed');
  await expect(page.getByRole('button', { name: 'Pay now' })).toBeDisabled();
  await page.unroute('**/api/order/quote');
  await page.getByRole('combobox', { name: 'Your store' }).click();
  await page.getByRole('option').filter({ hasNotText: 'SLC' }).first().click();
  await expect(page.getByText('2 × Pepperoni')).toBeVisible();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
});

test('an order asked for again comes back line by line, and what is sold out is marked @desktop', async ({
  page,
  diner,
}) => {
  await openReadyOrder(page, diner);
  await quoteOtherwise(page, (quote) => ({
    ...quote,
    items: quote.items.map((item) => (item.title === 'Veggie' ? { ...item, problem: 'sold_out' } : item)),
  }));
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: /^Order again, No\. \d+$/ }).click();
  await expect(page.getByText('2 × Pepperoni')).toBeVisible();
  await expect(page.getByText('Sold out while you were choosing')).toBeVisible();
  await page.getByRole('button', { name: 'Remove Veggie' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expectOrders(page, 2);
});
