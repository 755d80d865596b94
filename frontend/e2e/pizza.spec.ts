import type { Page } from 'playwright/test';
import { expect, openReadyOrder, test } from './fixtures.ts';

const checkItself = (page: Page) => page.getByRole('button', { name: 'Check it yourself' }).click();

test('a browser finds by itself that a pizza is genuine, and names the key @phone', async ({
  page,
  diner,
}) => {
  await openReadyOrder(page, diner);
  const { keys } = (await (await page.request.get('/api/order/keys')).json()) as { keys: { kid: string }[] };
  await checkItself(page);
  await expect(page.getByRole('status').filter({ hasText: 'Genuine' })).toContainText(
    keys[0]?.kid ?? 'no key',
  );
});

test('a browser finds by itself that a changed pizza is forged @phone', async ({ page, diner }) => {
  await openReadyOrder(page, diner);
  await page.route(/\/api\/order\/\d+$/, async (route) => {
    const read = (await (await route.fetch()).json()) as { jwt: string };
    const [header, payload = '', signature] = read.jwt.split('.');
    const text = Buffer.from(payload, 'base64url').toString().replace('Veggie', 'Caviar');
    const changed = Buffer.from(text).toString('base64url');
    await route.fulfill({ json: { ...read, jwt: `${header}.${changed}.${signature}` } });
  });
  await page.reload();
  await checkItself(page);
  await expect(page.getByRole('alert')).toContainText('Forged');
  await expect(page.getByRole('alert')).toContainText('somebody changed one of them');
});

test('a browser that gets no keys says that it cannot know, and knows once it gets them @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectLostConnection();
  await openReadyOrder(page, diner);
  await page.route('**/api/order/keys', (route) => route.abort());
  await checkItself(page);
  await expect(page.getByText('Cannot be checked now')).toBeVisible();
  await page.unroute('**/api/order/keys');
  await checkItself(page);
  await expect(page.getByText('Genuine')).toBeVisible();
});

test('a pizza is shown as a QR code when asked for, dark on white in either theme @phone', async ({
  page,
  diner,
}) => {
  await openReadyOrder(page, diner);
  const show = page.getByRole('button', { name: 'Show QR code' });
  await expect(show).toHaveAttribute('aria-expanded', 'false');
  await show.press('Enter');
  const code = page.getByRole('img', { name: 'QR code of this pizza' });
  await expect(code).toBeVisible();
  await expect(page.getByText('The whole token. Whoever scans it')).toBeVisible();
  await expect(code.locator('path').first()).toHaveAttribute('fill', '#fff');
  await page.getByRole('button', { name: 'Hide QR code' }).click();
  await expect(code).toBeHidden();
});
