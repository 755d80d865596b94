import { expect, logIn, register, test } from './fixtures.ts';

test('a registration with wrong fields marks each of them and keeps what was typed @phone', async ({
  page,
  guard,
}) => {
  guard.expectRefusal(400, '/api/auth');
  await page.goto('/register');
  await page.getByLabel('Full name').fill('Kai Chen');
  await page.getByLabel('Email address').fill('no address');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Email address')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Email address')).toHaveValue('no address');
  await expect(page.getByLabel('Full name')).not.toHaveAttribute('aria-invalid');
  await expect(page.getByLabel('Full name')).toHaveValue('Kai Chen');
});

test('a registration with empty fields names each of them and takes the reader to the first @phone', async ({
  page,
}) => {
  await page.goto('/register');
  await page.getByRole('button', { name: 'Register' }).click();
  for (const name of ['Full name', 'Email address', 'Password']) {
    await expect(page.getByLabel(name)).toHaveAttribute('aria-invalid', 'true');
  }
  await expect(page.getByLabel('Full name')).toBeFocused();
});

test('a registration with a taken address says so at the address @phone', async ({ page, diner, guard }) => {
  guard.expectRefusal(409, '/api/auth');
  await register(page, diner);
  await page.context().clearCookies();
  await page.goto('/register');
  await page.getByLabel('Full name').fill(diner.name);
  await page.getByLabel('Email address').fill(diner.email);
  await page.getByLabel('Password').fill(diner.password);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByLabel('Email address')).toHaveAccessibleDescription(
    'There is already an account with this address.',
  );
});

test('a log-in with a wrong password is refused without telling which half was wrong @phone', async ({
  page,
  diner,
  guard,
}) => {
  guard.expectRefusal(404, '/api/auth');
  await page.goto('/login');
  await logIn(page, { email: diner.email, password: 'wrong' });
  await expect(page.getByRole('alert')).toContainText('do not belong together');
  await expect(page.getByLabel('Email address')).toHaveValue(diner.email);
});
