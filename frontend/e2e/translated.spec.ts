import type { Page } from 'playwright/test';
import { ADMIN, chooseStore, expect, logInAs, register, test } from './fixtures.ts';

/** Does to every text what Google Translate does, now and whenever one comes: a node of its own takes its place. */
function translateAll(): void {
  const seen = 'font, script, style, title, textarea, noscript';
  const translate = (text: Text): void => {
    if (text.data.trim() === '' || text.parentElement?.closest(seen)) return;
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.append(text.data);
    outer.append(inner);
    text.replaceWith(outer);
  };
  const translateIn = (node: Node): void => {
    if (node instanceof Text) translate(node);
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) translate(text);
  };
  const observer = new MutationObserver((mutations) => {
    for (const { target, addedNodes } of mutations) {
      if (target instanceof Text) translate(target);
      for (const node of addedNodes) translateIn(node);
    }
  });
  document.addEventListener('DOMContentLoaded', () => {
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    translateIn(document.body);
  });
}

const isTranslated = (page: Page) => expect(page.locator('h1 font').first()).toBeVisible();

test.beforeEach(async ({ context }) => {
  await context.addInitScript(translateAll);
});

test('under a translator totals, counts and the tracker keep up from the menu to the pizza', async ({
  page,
  diner,
  setFault,
}) => {
  await register(page, diner);
  await page.goto('/menu');
  await isTranslated(page);
  const ticket = page.getByRole('complementary');
  await chooseStore(page, 'SLC');
  await page.getByRole('button', { name: 'Add Veggie' }).click();
  await expect(ticket).toContainText('0.0038');
  await page.getByRole('button', { name: 'Add Pepperoni' }).click();
  await expect(ticket).toContainText('0.008');
  await page.getByRole('button', { name: 'One Pepperoni more' }).click();
  await expect(ticket).toContainText('0.0122');
  await expect(ticket.getByRole('group', { name: '2 × Pepperoni' })).toContainText('2');
  await expect(page.getByText('2 in the cart')).toBeVisible();
  await page.getByRole('button', { name: 'Remove Veggie' }).click();
  await expect(ticket).not.toContainText('0.0122');
  await expect(ticket).toContainText('0.0084');
  await page.getByRole('button', { name: 'Change store' }).click();
  await chooseStore(page, 'Lehi');
  await expect(page.getByText('2 pizzas wait in your cart at SLC')).toBeVisible();
  await page.getByRole('button', { name: 'Bring along' }).click();
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page.getByText('2 × Pepperoni')).toBeVisible();
  await setFault('slow', { delayMs: 4_000 });
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('heading', { name: 'In the oven' })).toBeVisible();
  await expect(page.getByText('Charged when it is ready')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('Charged when it is ready')).toBeHidden();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The real thing')).toBeVisible();
});

test('under a translator no page breaks when one goes through all of them and changes the language', async ({
  page,
}) => {
  await logInAs(page, ADMIN);
  await page.goto('/');
  await isTranslated(page);
  for (const name of ['Order', 'Franchise', 'About', 'History', 'Admin']) {
    await page.getByRole('link', { name, exact: true }).click();
    await isTranslated(page);
  }
  // Its pages come later than the page that leads to them.
  const adminPages = page.getByRole('navigation', { name: 'Pages behind the counter' });
  await expect(adminPages).toBeVisible();
  const parts = adminPages.getByRole('link');
  for (let part = 0; part < (await parts.count()); part += 1) {
    await parts.nth(part).click();
    await isTranslated(page);
    await expect(page.locator('[data-skeleton]')).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await page.getByRole('link', { name: 'Pedir', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '¿Qué metemos al horno?' })).toBeVisible();
});
