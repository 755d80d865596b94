import type { Page } from 'playwright/test';
import { expect, goToPayment, logInAs, openReadyOrder, register, test } from './fixtures.ts';

// Attempts back off and half-open attempts are seconds apart.
const BY_ITSELF = { timeout: 40_000 };

async function pay(page: Page): Promise<void> {
  await goToPayment(page);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page).toHaveURL(/\/delivery\?order=\d+$/, BY_ITSELF);
}

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Places an order that the factory does not make at once, and opens its page. */
async function openOrderUnderWay(page: Page, token: string): Promise<void> {
  const answer = await page.request.post('/api/order', {
    data: { franchiseId: 1, storeId: 1, items: [{ menuId: 1 }] },
    headers: { authorization: `Bearer ${token}`, prefer: 'respond-async, wait=0' },
  });
  expect(answer.status()).toBe(202);
  const { order } = (await answer.json()) as { order: { id: number } };
  await page.goto(`/delivery?order=${order.id}`);
}

test('an order the factory refuses is kept, says why, and is ready by itself once the factory is well @phone', async ({
  page,
  diner,
  setFault,
}) => {
  await register(page, diner);
  await setFault('fail', { reportWorks: false });
  await pay(page);
  await expect(title(page, 'Holding your place')).toBeVisible(BY_ITSELF);
  await expect(page.getByText('Your order is safe').first()).toBeVisible();
  await expect(page.getByText('Charged when it is ready')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/The oven takes its time|The factory is not answering/)).toBeVisible();
  await setFault('none');
  await expect(title(page, 'Hot and signed')).toBeVisible(BY_ITSELF);
});

test('an order whose pizzas do not pass the check waits for a good one @phone', async ({
  page,
  diner,
  setFault,
}) => {
  const token = await register(page, diner);
  await setFault('badjwt', { reportWorks: false });
  await openOrderUnderWay(page, token);
  await expect(page.getByText(/A pizza did not pass our check|Your order is safe/).first()).toBeVisible(
    BY_ITSELF,
  );
  await setFault('none');
  await expect(title(page, 'Hot and signed')).toBeVisible(BY_ITSELF);
});

test('an order the factory is slow with stays in the oven until it is ready @desktop', async ({
  page,
  diner,
  setFault,
}) => {
  const token = await register(page, diner);
  // Longer than a page takes to be opened twice, and shorter than what counts as a fault.
  await setFault('throttle', { delayMs: 4_500 });
  await openOrderUnderWay(page, token);
  await expect(title(page, 'In the oven')).toBeVisible();
  await page.reload();
  await expect(title(page, 'In the oven')).toBeVisible();
  await expect(title(page, 'Hot and signed')).toBeVisible(BY_ITSELF);
});

test('an order that waits for a factory out of reach is the same on a second device, and can be cancelled there @desktop', async ({
  page,
  diner,
  browser,
  baseURL,
  setFault,
}) => {
  const token = await register(page, diner);
  await setFault('unreachable');
  await openOrderUnderWay(page, token);
  await expect(title(page, 'Holding your place')).toBeVisible(BY_ITSELF);
  const second = await browser.newPage({ baseURL: baseURL ?? '' });
  await logInAs(second, diner);
  await second.goto(new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(title(second, 'Holding your place')).toBeVisible(BY_ITSELF);
  await second.getByRole('button', { name: 'Cancel' }).click();
  await expect(title(second, 'Cancelled')).toBeVisible();
  await expect(title(page, 'Cancelled')).toBeVisible();
  await expect(page.getByText('Not charged', { exact: true })).toBeVisible();
  await second.close();
  // Nobody waits any more, so the next order is what finds out that the factory is back.
  await setFault('none');
  await pay(page);
  await expect(title(page, 'Hot and signed')).toBeVisible(BY_ITSELF);
});

test('an order that failed can be tried again from its page @phone', async ({ page, diner }) => {
  await openReadyOrder(page, diner);
  let isFailed = true;
  await page.route(/\/api\/order\/\d+$/, async (route) => {
    const read = (await (await route.fetch()).json()) as { order: object; jwt?: string };
    const order = {
      ...read.order,
      status: 'failed',
      reasonCode: 'too_many_failures',
    };
    await route.fulfill({ json: isFailed ? { ...read, order } : read });
  });
  await page.route(/\/api\/order\/\d+\/retry$/, async (route) => {
    isFailed = false;
    await route.fulfill({ json: {} });
  });
  await page.reload();
  await expect(title(page, 'We could not make it')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(title(page, 'Hot and signed')).toBeVisible();
});
