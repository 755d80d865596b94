import type { Page, Route } from 'playwright/test';
import { expect, expectOrders, goToPayment, register, test } from './fixtures.ts';

const placing = (route: Route): boolean => route.request().method() === 'POST';

/** Lets orders be stored, and their answers come only when it is asked to; tells the keys they came with. */
async function holdAnswers(page: Page): Promise<{ keys: (string | undefined)[]; letGo: () => void }> {
  const keys: (string | undefined)[] = [];
  let letGo = (): void => undefined;
  const isOver = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/api/order', async (route) => {
    if (!placing(route)) return route.fallback();
    keys.push(route.request().headers()['idempotency-key']);
    const answer = await route.fetch();
    await isOver;
    await route.fulfill({ response: answer }).catch(() => undefined);
  });
  return { keys, letGo };
}

const pay = (page: Page) => page.getByRole('button', { name: 'Pay now' });
const isMade = (page: Page) => expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();

test('a cart that was paid for in one tab is empty in the other at once, which shows the order @desktop', async ({
  page,
  context,
  diner,
}) => {
  await register(page, diner);
  await goToPayment(page);
  const menu = await context.newPage();
  await menu.goto('/menu');
  await expect(menu.getByRole('complementary')).toContainText('0.0122');
  const payment = await context.newPage();
  await payment.goto('/payment');
  await expect(pay(payment)).toBeEnabled();
  await pay(page).click();
  await isMade(page);
  await expect(menu.getByText('Nothing on the ticket yet')).toBeVisible();
  await isMade(payment);
  expect(payment.url()).toBe(page.url());
  await expectOrders(page, 1);
});

test('two tabs that pay for one cart at the same moment make one order, and both show it @desktop', async ({
  page,
  context,
  diner,
}) => {
  await register(page, diner);
  await goToPayment(page);
  const other = await context.newPage();
  await other.goto('/payment');
  await expect(pay(other)).toBeEnabled();
  // Neither tab sees what the other has paid for before both have.
  const held = await Promise.all([holdAnswers(page), holdAnswers(other)]);
  await Promise.all([pay(page).click(), pay(other).click()]);
  await expect.poll(() => held.map(({ keys }) => keys.length)).toEqual([1, 1]);
  for (const { letGo } of held) letGo();
  await Promise.all([isMade(page), isMade(other)]);
  expect(other.url()).toBe(page.url());
  await expectOrders(page, 1);
});

test('a diner who closes the tab while the answer is on its way is shown the order on coming back @phone', async ({
  page,
  context,
  diner,
}) => {
  await register(page, diner);
  await goToPayment(page);
  const first = await holdAnswers(page);
  await pay(page).click();
  await expect.poll(() => first.keys.length).toBe(1);
  await page.close();
  const back = await context.newPage();
  const second = await holdAnswers(back);
  second.letGo();
  await back.goto('/menu');
  await isMade(back);
  expect(second.keys).toEqual([first.keys[0]]);
  await back.goto('/menu');
  await expect(back.getByText('Nothing on the ticket yet')).toBeVisible();
  await expectOrders(back, 1);
});

test('a cart that is changed after an answer was lost does not pay for what was paid for before @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectLostConnection();
  guard.expectRefusal(422, '/api/order');
  await register(page, diner);
  await goToPayment(page);
  await page.route('**/api/order', async (route) => {
    if (!placing(route)) return route.fallback();
    await route.fetch();
    await route.abort();
  });
  await pay(page).click();
  await expect(page.getByText('Your order is kept')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.unroute('**/api/order');
  await page.getByRole('button', { name: 'Add Diavola' }).click();
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page.getByText('1 × Diavola')).toBeVisible();
  await pay(page).click();
  await isMade(page);
  await expect(page.getByText('Veggie, Pepperoni, Pepperoni')).toBeVisible();
  await expect(page.getByText('had already reached us when you changed your cart')).toBeVisible();
  await page.goto('/menu');
  await expect(page.getByRole('complementary')).toContainText('Diavola');
  await expect(page.getByRole('complementary')).not.toContainText('Veggie');
  await expectOrders(page, 1);
});

test('a payment that was taken back is not taken up again on coming back @phone', async ({
  page,
  context,
  diner,
  guard,
}) => {
  guard.expectLostConnection();
  await register(page, diner);
  await goToPayment(page);
  await context.setOffline(true);
  await pay(page).click();
  await expect(page.getByText('Your order is kept')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByRole('complementary')).toContainText('0.0122');
  await expectOrders(page, 0);
});
