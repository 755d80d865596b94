import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expect, logIn, openReadyOrder, register, test } from './fixtures.ts';

/** Answers the next change of the account as that of a session is answered that is older than ten minutes. */
async function askForPasswordOnce(page: Page, userId: number): Promise<void> {
  const refusal = {
    status: 403,
    code: 'reauthentication_required',
    message: 'the current password is needed for this change',
    errors: [{ path: 'currentPassword', code: 'required', message: 'is required' }],
  };
  await page.route(`**/api/user/${userId}`, (route) => route.fulfill({ status: 403, json: refusal }), {
    times: 1,
  });
}

test('a diner who edits name, address and password stays logged in, and logs in with the new ones @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect(page.getByLabel('Full name')).toBeFocused();
  await page.getByLabel('Full name').fill('Kai Costa');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Ciao, Kai Costa' })).toBeVisible();

  const changed = { email: `new-${diner.email}`, password: `${diner.password} and basil` };
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Email address').fill(changed.email);
  await page.getByLabel('New password').fill(changed.password);
  await page.getByLabel('Current password').fill(diner.password);
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(page.getByRole('definition').filter({ hasText: changed.email })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit' })).toBeFocused();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Ciao, Kai Costa' })).toBeVisible();

  await page.goto('/logout');
  await expect(page.getByRole('heading', { name: 'See you at the next slice' })).toBeVisible();
  await page.goto('/login');
  await logIn(page, changed);
  await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible();
});

test('a new address without the right password is refused at its field, and what was typed stays @phone', async ({
  page,
  diner,
  guard,
}) => {
  await register(page, diner);
  const { id } = (await (await page.request.get('/api/user/me')).json()) as { id: number };
  guard.expectRefusal(403, `/api/user/${id}`);
  guard.expectRefusal(409, `/api/user/${id}`);
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: 'Edit' }).click();
  await askForPasswordOnce(page, id);
  await page.getByLabel('Email address').fill(`new-${diner.email}`);
  await page.getByRole('button', { name: 'Update' }).click();
  const password = page.getByLabel('Current password');
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await password.fill('wrong');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(password).toHaveAccessibleDescription(/wrong/i);
  await expect(page.getByLabel('Email address')).toHaveValue(`new-${diner.email}`);
  await password.fill(diner.password);
  await page.getByLabel('Email address').fill('d@jwt.com');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(page.getByLabel('Email address')).toHaveAccessibleDescription(/already an account/);
});

test('a diner downloads all that is kept of them as one file', async ({ page, diner }) => {
  await openReadyOrder(page, diner);
  await page.goto('/diner-dashboard');
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download my data' }).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('jwt-pizza-my-data.json');
  const data = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(data).toMatchObject({
    account: { name: diner.name, email: diner.email, roles: [{ role: 'diner' }] },
    sessions: [{}],
    orders: [{ order: { status: 'ready' }, jwt: expect.stringMatching(/^eyJ/) }],
    actions: [],
  });
  await expect(page.getByRole('button', { name: 'Delete account' })).toBeVisible();
});

test('an account is deleted only once its address was typed, and nobody can log in with it again @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(404, '/api/auth');
  await register(page, diner);
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: 'Delete account' }).click();
  const confirmation = page.getByLabel('Type your e-mail address');
  await confirmation.fill('somebody@example.com');
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await expect(confirmation).toHaveAccessibleDescription(/This is not/);
  await confirmation.fill(diner.email);
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await expect(page.getByRole('heading', { name: 'Arrivederci' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Login' })).toBeVisible();
  await page.goto('/login');
  await logIn(page, diner);
  await expect(page.getByRole('alert')).toContainText('do not belong together');
});

test('a diner who logged in a while ago is asked for the password before the account is deleted @phone', async ({
  page,
  diner,
  guard,
}) => {
  await register(page, diner);
  const { id } = (await (await page.request.get('/api/user/me')).json()) as { id: number };
  guard.expectRefusal(403, `/api/user/${id}`);
  await page.goto('/diner-dashboard');
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByLabel('Type your e-mail address').fill(diner.email);
  await askForPasswordOnce(page, id);
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  const password = page.getByLabel('Current password');
  await expect(password).toBeFocused();
  await password.fill('wrong');
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await expect(password).toHaveAccessibleDescription(/wrong/i);
  await password.fill(diner.password);
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await expect(page.getByRole('heading', { name: 'Arrivederci' })).toBeVisible();
});
