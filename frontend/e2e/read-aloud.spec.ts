import type { Page } from 'playwright/test';
import { expect, fillCart, register, test } from './fixtures.ts';

const BY_ITSELF = { timeout: 40_000 };

/** Listens as a screen reader does: to what changes inside of live regions, to alerts that appear, and to nothing else. */
async function listen(page: Page): Promise<{ heard: () => Promise<string[]> }> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const say = (region: Element | null | undefined) => {
      const text = region?.textContent?.replace(/\s+/g, ' ').trim();
      if (text && heard.at(-1) !== text) heard.push(text);
    };
    const regionOf = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest(
        '[role=status], [role=alert], [aria-live]',
      );
    const alertIn = (node: Node) =>
      node instanceof Element ? (node.closest('[role=alert]') ?? node.querySelector('[role=alert]')) : null;
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        say(regionOf(target));
        for (const added of addedNodes) say(alertIn(added));
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return { heard: () => page.evaluate(() => (window as unknown as { heard: string[] }).heard) };
}

test('a diner who hears the page hears the cart, the place in the queue, the reason and the end @phone', async ({
  page,
  diner,
  setFault,
}) => {
  await register(page, diner);
  const { heard } = await listen(page);
  await fillCart(page);
  await expect.poll(heard).toContainEqual(expect.stringContaining('Pepperoni'));

  await setFault('unreachable');
  await page.getByRole('button', { name: 'Checkout' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect
    .poll(heard, BY_ITSELF)
    .toContainEqual(expect.stringContaining('You are number 1 in the queue'));
  await expect
    .poll(heard)
    .toContainEqual(expect.stringMatching(/Holding your place.*The factory.*Your order is safe/));
  await setFault('none');
  await expect.poll(heard, BY_ITSELF).toContainEqual(expect.stringContaining('Hot and signed'));
  const said = await heard();
  expect(
    said.filter((text) => text.startsWith('In the oven')).length,
    'is not said at each attempt',
  ).toBeLessThan(3);
});

test('a form that is refused says so to those who hear the page @phone', async ({ page, guard, diner }) => {
  guard.expectRefusal(404, '/api/auth');
  const { heard } = await listen(page);
  await page.goto('/login');
  await page.getByLabel('Email address').fill(diner.email);
  await page.getByLabel('Password').fill(diner.password);
  await page.getByRole('button', { name: 'Login' }).click();
  await expect.poll(heard).toContainEqual(expect.stringContaining('do not belong together'));
});
