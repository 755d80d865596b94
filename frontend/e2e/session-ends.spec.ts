import type { Page } from 'playwright/test';
import {
  ADMIN,
  type Diner,
  expect,
  expectAccessible,
  expectOrders,
  FRANCHISEE,
  goToPayment,
  logIn,
  logInAs,
  register,
  test,
} from './fixtures.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' });

/** Ends the session as a change of password elsewhere does: the browser still has its cookie. */
async function endSession(page: Page, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(new URL('/api/auth', page.url()), { method: 'DELETE', headers });
  expect(answer.ok).toBe(true);
}

/** Registers, fills the cart, and presses "Pay now" when the session is over. */
async function payInEndedSession(page: Page, diner: Diner): Promise<void> {
  const token = await register(page, diner);
  await goToPayment(page);
  await endSession(page, token);
  await page.getByRole('button', { name: 'Pay now' }).click();
}

async function logInAgain(page: Page, password: string): Promise<void> {
  await dialog(page).getByLabel('Password').fill(password);
  await dialog(page).getByRole('button', { name: 'Login' }).click();
  await expect(dialog(page)).toBeHidden();
}

test('a session that ended during checkout is asked for in place, and the payment then goes on @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(401, '/api/order');
  await payInEndedSession(page, diner);
  await expect(dialog(page)).toBeVisible();
  await expect(dialog(page).getByLabel('Email address')).toHaveValue(diner.email);
  await expect(dialog(page).getByLabel('Password')).toBeFocused();
  await expectAccessible(page);
  await logInAgain(page, diner.password);
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expectOrders(page, 1);
});

test('a diner who would rather not log in there is sent to log in, and comes back to the cart and the payment @desktop', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(401, '/api/order');
  await payInEndedSession(page, diner);
  await dialog(page).getByRole('button', { name: 'Not now' }).click();
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByText('Log in and we go on right where you were')).toBeVisible();
  await logIn(page, diner);
  await expect(page).toHaveURL(/\/payment$/);
  await expect(page.getByText('2 × Pepperoni')).toBeVisible();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expectOrders(page, 1);
});

test('what was begun in one session is not done for another user who logs in instead @desktop', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(401, '/api/order');
  await payInEndedSession(page, diner);
  await dialog(page).getByLabel('Email address').fill(FRANCHISEE.email);
  await logInAgain(page, FRANCHISEE.password);
  await expect(page.getByText('You are logged in as Fabio Franchisee now')).toBeVisible();
  await expect(page.getByText('Nothing to pay yet')).toBeVisible();
});

test('a session whose cookies have run out is asked for in place, too @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(401, '/api/order');
  await register(page, diner);
  await goToPayment(page);
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await logInAgain(page, diner.password);
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
});

test('a session that is taken up again in one tab is back in the other @desktop', async ({
  page,
  context,
  diner,
  guard,
}) => {
  guard.expectRefusal(401, '/api/order');
  const token = await register(page, diner);
  await goToPayment(page);
  const tab = await context.newPage();
  await tab.goto('/menu');
  await endSession(page, token);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(dialog(page)).toBeVisible();
  await tab.goto('/login');
  await logIn(tab, diner);
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
});

test('a form of the account keeps what was typed over the end of the session, and saves it @phone', async ({
  page,
  diner,
  guard,
}) => {
  const token = await register(page, diner);
  const { id } = (await (await page.request.get('/api/user/me')).json()) as { id: number };
  guard.expectRefusal(401, `/api/user/${id}`);
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Full name').fill('Kai Chen-Miller');
  await endSession(page, token);
  await page.getByRole('button', { name: 'Update' }).click();
  await logInAgain(page, diner.password);
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByText('Kai Chen-Miller', { exact: true })).toBeVisible();
});

test('a form of the staff keeps what was typed over the end of the session, and saves it @desktop', async ({
  page,
  guard,
}) => {
  guard.expectRefusal(401, '/api/order/menu');
  await logInAs(page, ADMIN);
  await page.goto('/admin-dashboard/menu');
  await page.getByRole('button', { name: 'Add a pizza' }).click();
  await page.getByLabel('Title').fill('Lost and found');
  await page.getByLabel('Description').fill('Typed before the session ended');
  await page.getByLabel('Price').fill('0.005');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save pizza' }).click();
  await logInAgain(page, ADMIN.password);
  await expect(page.getByRole('heading', { name: 'Lost and found' })).toBeVisible();
});

test('a browser that keeps no cookies is told so where it would be logged out at once @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.context().clearCookies();
  await page.addInitScript(() => Object.defineProperty(Document.prototype, 'cookie', { get: () => '' }));
  await page.goto('/login');
  await logIn(page, diner);
  await expect(page.getByRole('alert')).toContainText('Your browser keeps no cookies');
});
