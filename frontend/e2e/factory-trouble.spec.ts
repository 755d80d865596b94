import type { Page } from 'playwright/test';
import {
  expect,
  expectAccessible,
  goToPayment,
  logIn,
  register,
  setFault,
  test,
  untilKitchenIsWell,
} from './fixtures.ts';

// Attempts back off and trials of an ill factory are seconds apart.
const BY_ITSELF = { timeout: 40_000 };

async function pay(page: Page): Promise<void> {
  await goToPayment(page);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page).toHaveURL(/\/delivery\?order=\d+$/, BY_ITSELF);
}

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test.beforeEach(() => test.setTimeout(120_000));
test.afterEach(async ({ page }) => {
  await setFault('none');
  await untilKitchenIsWell(page);
});

test('an order the factory refuses is kept, says why, and is ready by itself once the factory is well', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await setFault('fail', { reportWorks: false });
  await pay(page);
  await expect(title(page, 'Holding your place')).toBeVisible(BY_ITSELF);
  await expect(page.getByText('Your order is safe').first()).toBeVisible();
  await expect(page.getByText('Charged when it is ready')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/The oven takes its time|The factory is not answering/)).toBeVisible();
  await expectAccessible(page);
  await setFault('none');
  await expect(title(page, 'Hot and signed')).toBeVisible(BY_ITSELF);
});

test('an order whose pizzas do not pass the check waits for a good one', async ({ page, diner }) => {
  await register(page, diner);
  await setFault('badjwt', { reportWorks: false });
  await pay(page);
  await expect(page.getByText(/A pizza did not pass our check|Your order is safe/).first()).toBeVisible(
    BY_ITSELF,
  );
  await setFault('none');
  await expect(title(page, 'Hot and signed')).toBeVisible(BY_ITSELF);
});

test('an order the factory is slow with stays in the oven until it is ready', async ({ page, diner }) => {
  await register(page, diner);
  await setFault('throttle', { delayMs: 6_000 });
  await pay(page);
  await expect(title(page, 'In the oven')).toBeVisible();
  await page.reload();
  await expect(title(page, 'In the oven')).toBeVisible();
  await expect(title(page, 'Hot and signed')).toBeVisible(BY_ITSELF);
});

test('an order that waits for a factory out of reach is the same on a second device, and can be cancelled there', async ({
  page,
  diner,
  browser,
  baseURL,
}) => {
  await register(page, diner);
  await setFault('unreachable');
  await pay(page);
  await expect(title(page, 'Holding your place')).toBeVisible(BY_ITSELF);
  const second = await browser.newPage({ baseURL: baseURL ?? '' });
  await second.goto('/login');
  await logIn(second, diner);
  await expect(second.getByRole('link', { name: 'Logout' })).toBeVisible();
  await second.goto(new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(title(second, 'Holding your place')).toBeVisible(BY_ITSELF);
  await second.getByRole('button', { name: 'Cancel' }).click();
  await expect(title(second, 'Cancelled')).toBeVisible();
  await expect(title(page, 'Cancelled')).toBeVisible();
  await expect(page.getByText('Not charged', { exact: true })).toBeVisible();
  await second.close();
  // Nobody waits any more, so the next order is what finds out that the factory is back.
  await setFault('none');
  await page.goto('/menu');
  await page.getByRole('button', { name: 'Add Veggie' }).click();
  await page.getByRole('button', { name: 'Checkout' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(title(page, 'Hot and signed')).toBeVisible(BY_ITSELF);
});

test('an order that failed can be tried again from its page @phone', async ({ page, diner }) => {
  await register(page, diner);
  await pay(page);
  await expect(title(page, 'Hot and signed')).toBeVisible();
  let isFailed = true;
  await page.route(/\/api\/order\/\d+$/, async (route) => {
    const read = (await (await route.fetch()).json()) as { order: object; jwt?: string };
    const order = {
      ...read.order,
      status: 'failed',
      reason: 'The factory could not make it. You were not charged.',
    };
    await route.fulfill({ json: isFailed ? { ...read, order } : read });
  });
  await page.route(/\/api\/order\/\d+\/retry$/, async (route) => {
    isFailed = false;
    await route.fulfill({ json: {} });
  });
  await page.reload();
  await expect(title(page, 'We could not make it')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(title(page, 'Hot and signed')).toBeVisible();
});
