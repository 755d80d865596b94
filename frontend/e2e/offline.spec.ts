import type { Page } from 'playwright/test';
import { expect, register, test } from './fixtures.ts';

test.use({ serviceWorkers: 'allow' });

async function workerIsThere(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 15_000 })
    .toBe('activated');
}

test('a storefront that was visited once shows its pages and the last menu without a network, and says so @phone', async ({
  page,
  context,
  guard,
}) => {
  guard.expectLostConnection();
  await page.goto('/');
  await workerIsThere(page);
  await context.setOffline(true);
  await page.goto('/menu');
  await expect(page.getByRole('heading', { name: 'What shall we fire up?' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add Pepperoni' })).toBeVisible();
  await expect(page.getByText('No connection. What you see is the last we have')).toBeVisible();
  await page.getByRole('link', { name: 'About' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'We bake, you check' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'We bake, you check' })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('No connection.')).toBeHidden();
  await page.getByRole('link', { name: 'Order', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Your store' })).toBeVisible();
});

test('nothing that belongs to a session is kept for a time without a network @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.goto('/');
  await workerIsThere(page);
  await page.goto('/diner-dashboard');
  await expect(page.getByRole('heading', { name: 'Ciao, Kai Chen' })).toBeVisible();
  await page.goto('/menu');
  await expect(page.getByRole('button', { name: 'Add Pepperoni' })).toBeVisible();
  const kept = await page.evaluate(async () => {
    const addresses: string[] = [];
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        addresses.push(new URL(request.url).pathname);
        texts.push(await ((await cache.match(request))?.clone().text() ?? ''));
      }
    }
    return { addresses, text: texts.join('\n') };
  });
  expect(kept.addresses.filter((address) => /^\/(api|health|metrics)/.test(address))).toEqual([
    '/api/order/menu',
  ]);
  expect(kept.addresses).toContain('/');
  expect(kept.text).not.toContain(diner.email);
});

test('the storefront can be installed, and neither its worker nor its manifest is ever kept stale @phone', async ({
  page,
}) => {
  await page.goto('/');
  await workerIsThere(page);
  const session = await page.context().newCDPSession(page);
  const manifest = await session.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A browser without a profile on disk refuses on that ground alone.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
  for (const path of ['/service-worker.js', '/jwt-pizza.webmanifest']) {
    const { headers } = await page.request.get(path).then((answer) => ({ headers: answer.headers() }));
    expect(headers['cache-control']).toBe('no-cache');
  }
  const { icons } = JSON.parse(manifest.data ?? '{}') as { icons: { src: string; purpose?: string }[] };
  expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  for (const { src } of icons)
    expect((await page.request.get(src)).headers()['content-type']).toBe('image/png');
});
