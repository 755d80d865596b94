import type { Page } from 'playwright/test';
import { expect, register, test } from './fixtures.ts';
import { answerWithOrder } from './made-up-order.ts';

test.use({ locale: 'es-ES', timezoneId: 'Europe/Madrid' });

async function createAccount(page: Page, diner: { name: string; email: string; password: string }) {
  await page.goto('/register');
  await page.getByLabel('Nombre completo').fill(diner.name);
  await page.getByLabel('Correo electrónico').fill(diner.email);
  await page.getByLabel('Contraseña').fill(diner.password);
  await page.getByRole('button', { name: 'Crear cuenta' }).click();
  await expect(page.getByRole('link', { name: 'Salir' })).toBeVisible();
}

async function fillCart(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Tu pizzería' }).fill('SLC');
  await page.getByRole('option', { name: 'SLC' }).first().click();
  await page.getByRole('button', { name: 'Añadir Veggie' }).click();
  await page.getByRole('button', { name: 'Añadir Pepperoni' }).click();
  await page.getByRole('button', { name: 'Añadir Pepperoni' }).click();
  await expect(page.getByRole('complementary')).toContainText('0,0122');
}

/** None of the words that an English reader meets on every page. */
async function expectSpanish(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('navigation')).toContainText('Pedir');
  await expect(page.locator('body')).not.toContainText(/\b(the|your|and|with)\b/);
}

test('a diner with a Spanish browser reads Spanish from the home page to a ready pizza', async ({
  page,
  diner,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Caliente, redonda y tuya, con pruebas');
  await expect(page).toHaveTitle(/con pruebas$/);
  await expect(page.getByRole('heading', { name: 'Cómo una pizza se hace token' })).toBeVisible();
  await createAccount(page, diner);
  await page.goto('/');
  await page.getByRole('button', { name: 'Pedir ahora' }).click();
  await fillCart(page);
  await page.getByRole('button', { name: 'Ir a pagar' }).click();
  await expect(page.getByText('2 × Pepperoni')).toBeVisible();
  await expect(page.getByText('0,0122')).toBeVisible();
  await expectSpanish(page);
  await page.getByRole('button', { name: 'Pagar ahora' }).click();
  await expect(page.getByRole('heading', { name: 'Caliente y firmada' })).toBeVisible();
  await expect(page).toHaveTitle('Caliente y firmada · JWT Pizza');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await expect(page.getByText('Es auténtica')).toBeVisible();
  const date = await page.getByRole('time').first().innerText();
  expect(date).toMatch(/^\d{1,2} [a-z]{3,4} \d{4}, \d{1,2}:\d{2}$/);
  await expectSpanish(page);
});

test('only the texts of the reader’s language are fetched @phone', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => {
    const part = /\/assets\/(first-page|other-pages|staff-pages)-/.exec(request.url())?.[1];
    if (part) fetched.push(part);
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Cómo una pizza se hace token' })).toBeVisible();
  expect(fetched.sort()).toEqual(['first-page', 'other-pages']);
});

test('a reader who turns to English and back keeps page, cart and choice @phone', async ({ page }) => {
  await page.goto('/menu');
  await fillCart(page);
  const switchTo = (name: string) => page.getByRole('group').getByRole('button', { name, exact: true });
  await expect(switchTo('Español')).toHaveAttribute('aria-pressed', 'true');
  await switchTo('English').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What shall we fire up?');
  await expect(page).toHaveTitle('What shall we fire up? · JWT Pizza');
  await expect(page).toHaveURL(/\/menu$/);
  await expect(switchTo('English')).toBeFocused();
  await expect(page.getByRole('complementary')).toContainText('0.0122');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Checkout' }).first()).toBeVisible();
  await switchTo('Español').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('¿Qué metemos al horno?');
  await expect(page.getByRole('complementary')).toContainText('0,0122');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('¿Qué metemos al horno?');
});

test('an order in the queue tells a Spanish reader in Spanish why it waits @phone', async ({
  page,
  diner,
}) => {
  await register(page, diner);
  await answerWithOrder(page, {
    status: 'waiting',
    reasonCode: 'busy',
    placeInLine: 1_234,
    givenUpAt: '2026-11-23T13:04:00.000Z',
  });
  await page.goto('/delivery?order=7');
  await expect(
    page.getByText('La fábrica está ocupada. Tu pedido está a salvo.', { exact: true }),
  ).toBeVisible();
  await expect(page.getByText('Seguimos intentándolo hasta las 14:04.', { exact: true })).toBeVisible();
  await expect(page.getByText('Puesto 1234 en la cola').first()).toBeVisible();
  await expect(page.getByText('23 nov 2026, 13:04')).toBeVisible();
  await expectSpanish(page);
});
