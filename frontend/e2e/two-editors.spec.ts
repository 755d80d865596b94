import type { Page } from 'playwright/test';
import { ADMIN, DINER, expect, FRANCHISEE, logInAs, test } from './fixtures.ts';

const unique = () => Date.now().toString(36);

/** What a colleague does meanwhile, by the API. */
async function doElsewhere<T>(page: Page, method: 'post' | 'put', path: string, data: object): Promise<T> {
  const { origin } = new URL(page.url());
  const answer = await page.request[method](path, { data, headers: { origin } });
  expect(answer.ok()).toBe(true);
  return (await answer.json()) as T;
}

interface Made {
  id: number;
  title: string;
}

async function addPizza(page: Page, title: string): Promise<number> {
  const pizza = { title, description: 'As it was', image: '/pictures/crusty.webp', price: 0.002 };
  const menu = await doElsewhere<Made[]>(page, 'put', '/api/order/menu', pizza);
  return menu.find((one) => one.title === title)?.id ?? 0;
}

async function open(page: Page, path: string, account: Parameters<typeof logInAs>[1]): Promise<void> {
  await logInAs(page, account);
  await page.goto(path);
}

/** The bodies this page sends to the path. */
function bodiesTo(page: Page, path: string): unknown[] {
  const bodies: unknown[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT' && new URL(request.url()).pathname === path)
      bodies.push(request.postDataJSON());
  });
  return bodies;
}

test('an admin who changes the description of a pizza does not put an old price back @desktop', async ({
  page,
}) => {
  const title = `Shared ${unique()}`;
  await open(page, '/admin-dashboard/menu', ADMIN);
  const path = `/api/order/menu/${await addPizza(page, title)}`;
  await page.reload();
  await page.getByRole('button', { name: `Edit ${title}` }).click();
  await page.getByLabel('Description').fill('As it is now');
  await doElsewhere(page, 'put', path, { price: 0.0077 });
  const bodies = bodiesTo(page, path);
  await page.getByRole('button', { name: 'Save pizza' }).click();
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
  await expect(row).toContainText('As it is now');
  await expect(row).toContainText('0.0077');
  expect(bodies).toEqual([{ description: 'As it is now' }]);
});

test('an admin who renames a franchise does not put its old people back @desktop', async ({ page }) => {
  const name = `Shared ${unique()}`;
  await open(page, '/admin-dashboard', ADMIN);
  const { id } = await doElsewhere<Made>(page, 'post', '/api/franchise', {
    name,
    admins: [{ email: DINER.email }],
  });
  await page.getByLabel('Filter franchises').fill(name);
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('franchise name').fill(`${name} & Söhne`);
  await doElsewhere(page, 'put', `/api/franchise/${id}`, { admins: [{ email: ADMIN.email }] });
  const bodies = bodiesTo(page, `/api/franchise/${id}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${name} & Söhne is saved.`)).toBeVisible();
  expect(bodies).toEqual([{ name: `${name} & Söhne` }]);
});

test('a franchisee who changes the hours of a store does not put its old name and zone back @desktop', async ({
  page,
}) => {
  const name = `Shared ${unique()}`;
  await open(page, '/franchise-dashboard', FRANCHISEE);
  const { id } = await doElsewhere<Made>(page, 'post', '/api/franchise/1/store', { name });
  const path = `/api/franchise/1/store/${id}`;
  await page.reload();
  await page.getByRole('button', { name: `Edit ${name}` }).click();
  const form = page.getByRole('form', { name: `Edit ${name}` });
  await form.getByLabel('Open around the clock').uncheck();
  await doElsewhere(page, 'put', path, { name: `${name} downtown`, timeZone: 'America/Denver' });
  // The page reads its stores anew while the form is open, and knows the new name by then.
  await page.getByRole('button', { name: 'Create store' }).click();
  await page.getByRole('form', { name: 'Create store' }).getByLabel('store name').fill(`${name} second`);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const saved = page.getByRole('heading', { name: `${name} downtown`, level: 3, exact: true });
  await expect(saved).toBeVisible();
  const bodies = bodiesTo(page, path);
  await page
    .getByRole('form', { name: `Edit ${name}` })
    .getByRole('button', { name: 'Save' })
    .click();
  await expect(page.getByRole('form')).toHaveCount(0);
  await expect(saved).toBeVisible();
  expect(bodies).toEqual([{ openingHours: { weekdays: expect.anything() } }]);
});

test('a form that is saved as it was asks the service for nothing @desktop', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') asked.push(request.url());
  });
  await open(page, '/admin-dashboard/menu', ADMIN);
  await page.getByRole('button', { name: 'Edit Veggie' }).click();
  await page.getByRole('button', { name: 'Save pizza' }).click();
  await expect(page.getByText('Veggie is saved.')).toBeVisible();
  await page.goto('/admin-dashboard');
  const row = page.getByRole('row').filter({ hasText: 'pizzaPocket' }).first();
  await row.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('pizzaPocket is saved.')).toBeVisible();
  await page.goto('/admin-dashboard/users');
  await page
    .getByRole('button', { name: /^Roles of / })
    .first()
    .click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^The roles of .* are saved\.$/)).toBeVisible();
  expect(asked).toEqual([]);
});
