import type { Page } from 'playwright/test';
import { ADMIN, expect, test } from './fixtures.ts';
import { type StorefrontStack, startStorefrontStack } from './storefront-stack.ts';

const OLD_PRICE = 0.002;
const NEW_PRICE = 0.0031;
const STARTS_WITHIN_MS = 120_000;

let other: StorefrontStack;
test.beforeAll(async ({ stack }) => {
  test.setTimeout(STARTS_WITHIN_MS);
  other = await startStorefrontStack('two-processes', { databaseUrl: stack.databaseUrl });
});
test.afterAll(() => other?.stop());

/** Writes to a process as an admin's program does. */
async function putAsAdmin<T>(url: string, path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const logIn = await fetch(`${url}/api/auth`, { method: 'PUT', headers, body: JSON.stringify(ADMIN) });
  const { token } = (await logIn.json()) as { token: string };
  const answer = await fetch(`${url}${path}`, {
    method: 'PUT',
    headers: { ...headers, authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const pizzaOn = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });

/** Opens the menu until it shows the text; answers how many milliseconds that took. */
async function openMenuUntil(page: Page, title: string, text: string): Promise<number> {
  const startedAt = performance.now();
  await expect(async () => {
    await page.goto('/menu');
    await expect(pizzaOn(page, title)).toContainText(text, { timeout: 500 });
  }).toPass({ intervals: [0] });
  return Math.round(performance.now() - startedAt);
}

test('a price that another process changed is the price in two browsers that look at the menu @desktop', async ({
  page,
  browser,
  stack,
}, testInfo) => {
  const title = `Twice ${Date.now().toString(36)}`;
  const pizza = { title, description: 'Two processes', image: '/pictures/crusty.webp', price: OLD_PRICE };
  const menu = await putAsAdmin<{ id: number; title: string }[]>(stack.url, '/api/order/menu', pizza);
  const id = menu.find((one) => one.title === title)?.id;
  const second = await (await browser.newContext({ baseURL: stack.url })).newPage();
  for (const one of [page, second]) await openMenuUntil(one, title, String(OLD_PRICE));

  await putAsAdmin(other.url, `/api/order/menu/${id}`, { price: NEW_PRICE });

  const took = await Promise.all([page, second].map((one) => openMenuUntil(one, title, String(NEW_PRICE))));
  testInfo.annotations.push({ type: 'milliseconds until the new price', description: took.join(', ') });
  await second.context().close();
});
