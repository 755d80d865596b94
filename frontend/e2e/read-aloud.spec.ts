import type { Page } from 'playwright/test';
import { expect, fillCart, goToPayment, register, setFault, test, untilKitchenIsWell } from './fixtures.ts';

const BY_ITSELF = { timeout: 40_000 };

/** Listens as a screen reader does: to what changes inside of live regions, and to nothing else. */
async function listen(page: Page): Promise<{ heard: () => Promise<string[]> }> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const say = (node: Node) => {
      const element = node instanceof Element ? node : node.parentElement;
      const region = element?.closest('[role=status], [role=alert], [aria-live]:not([aria-live=off])');
      const text = region?.textContent?.replace(/\s+/g, ' ').trim();
      if (text && heard.at(-1) !== text) heard.push(text);
    };
    new MutationObserver((changes) => {
      for (const change of changes) say(change.target);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return { heard: () => page.evaluate(() => (window as unknown as { heard: string[] }).heard) };
}

test('a diner who hears the page hears the cart, the place in the line, the reason and the end @phone', async ({
  page,
  diner,
}) => {
  test.setTimeout(120_000);
  await register(page, diner);
  const { heard } = await listen(page);
  await fillCart(page);
  await expect.poll(heard).toContainEqual(expect.stringContaining('Pepperoni'));

  await setFault('unreachable');
  await goToPayment(page);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect.poll(heard, BY_ITSELF).toContainEqual(expect.stringContaining('Place 1 in the line'));
  await expect
    .poll(heard)
    .toContainEqual(expect.stringMatching(/Holding your place.*The factory.*Your order is safe/));
  await setFault('none');
  await expect.poll(heard, BY_ITSELF).toContainEqual(expect.stringContaining('Hot and signed'));
  await untilKitchenIsWell(page);
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
