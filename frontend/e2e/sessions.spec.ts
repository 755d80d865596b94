import type { Browser, Page } from 'playwright/test';
import { type Diner, expect, logIn, logInAs, register, test } from './fixtures.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const ended = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' });
const card = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

/** Another browser of the same diner, which calls itself Firefox on Linux; its page shows the account. */
async function logInElsewhere(browser: Browser, diner: Diner, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseURL ?? '', userAgent: FIREFOX });
  const elsewhere = await context.newPage();
  await logInAs(elsewhere, diner);
  await elsewhere.goto('/diner-dashboard');
  await expect(elsewhere.getByRole('heading', { name: `Ciao, ${diner.name}` })).toBeVisible();
  return elsewhere;
}

async function openSessions(page: Page): Promise<void> {
  await page.goto('/diner-dashboard');
  await page.getByRole('link', { name: 'Where you are logged in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Where you are logged in' })).toBeVisible();
}

test('a browser that is logged out from another is told so where it goes on, and may log in again', async ({
  page,
  browser,
  baseURL,
  diner,
}) => {
  await register(page, diner);
  const elsewhere = await logInElsewhere(browser, diner, baseURL);
  await openSessions(page);
  await expect(card(page, 'This browser')).toContainText('Right now');
  await expect(card(page, 'Firefox on Linux')).toContainText('127.0.0.1');
  await page.getByRole('button', { name: 'Log out: Firefox on Linux' }).click();
  const done = page.getByRole('status').filter({ hasText: 'Logged out: Firefox on Linux.' });
  await expect(done).toBeFocused();
  await expect(card(page, 'Firefox on Linux')).toHaveCount(0);

  await elsewhere.getByRole('button', { name: 'Edit' }).click();
  await elsewhere.getByLabel('Full name').fill('Kai Costa');
  await elsewhere.getByRole('button', { name: 'Update' }).click();
  await expect(ended(elsewhere)).toBeVisible();
  await ended(elsewhere).getByLabel('Password').fill(diner.password);
  await ended(elsewhere).getByRole('button', { name: 'Login' }).click();
  await expect(elsewhere.getByRole('heading', { name: 'Ciao, Kai Costa' })).toBeVisible();
  await elsewhere.context().close();
});

test('a diner logs out everywhere else, and stays logged in here @phone', async ({
  page,
  browser,
  baseURL,
  diner,
}) => {
  await register(page, diner);
  const elsewhere = await logInElsewhere(browser, diner, baseURL);
  await openSessions(page);
  await expect(page.getByRole('listitem').filter({ hasText: 'Network address' })).toHaveCount(2);
  await page.getByRole('button', { name: 'Log out everywhere else' }).click();
  await page.getByRole('button', { name: 'Yes, log out' }).click();
  await expect(page.getByText('Everything else is logged out.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Network address' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Log out everywhere else' })).toBeHidden();

  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/login$/);
  await expect(elsewhere.getByRole('status').filter({ hasText: 'Your session has ended' })).toBeVisible();
  await logIn(elsewhere, diner);
  await expect(elsewhere).toHaveURL(/\/diner-dashboard$/);
  await elsewhere.context().close();
});

test('a session that is over by the time it is logged out is gone like any other @desktop', async ({
  page,
  browser,
  baseURL,
  diner,
  guard,
}) => {
  await register(page, diner);
  const elsewhere = await logInElsewhere(browser, diner, baseURL);
  await openSessions(page);
  const listed = await page.request.get('/api/session');
  const { sessions } = (await listed.json()) as { sessions: { id: string; isCurrent: boolean }[] };
  const other = sessions.find(({ isCurrent }) => !isCurrent);
  guard.expectRefusal(404, `/api/session/${other?.id}`);
  await elsewhere.goto('/logout');
  await expect(elsewhere.getByRole('heading', { name: 'See you at the next slice' })).toBeVisible();
  await page.getByRole('button', { name: 'Log out: Firefox on Linux' }).click();
  await expect(page.getByText('Logged out: Firefox on Linux.')).toBeVisible();
  await expect(card(page, 'Firefox on Linux')).toHaveCount(0);
  await elsewhere.context().close();
});

test.describe('in Spanish', () => {
  test.use({ locale: 'es-ES' });

  test('the own browser is logged out there, too, and its page speaks Spanish @phone', async ({
    page,
    diner,
  }) => {
    await register(page, diner);
    await page.goto('/sessions');
    await expect(
      page.getByRole('heading', { level: 1, name: 'Dónde tienes la sesión abierta' }),
    ).toBeVisible();
    await card(page, 'Este navegador').getByRole('link', { name: 'Cerrar sesión' }).click();
    await expect(page.getByRole('heading', { name: 'Hasta la próxima porción' })).toBeVisible();
  });
});
