import { expect, test } from './fixtures.ts';

test('a storefront of another site, which calls as those of old do, gets through its whole walk', async ({
  page,
  stack,
  otherSite,
  guard,
}) => {
  guard.expectRefusal(401, '/api/user/me');
  expect(new URL(otherSite.url).hostname).not.toBe(new URL(stack.url).hostname);
  const { length: pizzas } = (await (await page.request.get('/api/order/menu')).json()) as unknown[];
  await page.goto(`${otherSite.url}/#${stack.url}`);
  await expect(page.getByRole('listitem').last()).toHaveText(/^(done|stopped.*)$/);
  await expect(page.getByRole('listitem')).toHaveText([
    'registered as diner',
    `menu of ${pizzas}, ${pizzas} pictures`,
    'ordered 2 pizzas',
    'the pizza is valid',
    'history of 1',
    'this is me',
    'changed the password',
    'logout successful',
    '401 unauthorized',
    'logged in as diner',
    'logout successful',
    'logged in as admin',
    'created a franchise of 1',
    'listed users',
    'logout successful',
    'logged in as franchisee',
    'runs 1 store',
    'store deleted',
    'logout successful',
    'logged in as admin',
    'franchise deleted',
    'logout successful',
    'done',
  ]);
  const cookies = await page.context().cookies(stack.url);
  expect(cookies, 'the session cookie stays with our own site').toEqual([]);
});
