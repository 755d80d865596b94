import type { Locator, Page } from 'playwright/test';
import { expect, register, test } from './fixtures.ts';

// Nothing on the way of a hungry person is further away than this.
const FURTHEST_TABS = 60;

/** The ring is round the element, or round the card that its link is stretched over. */
function hasRing(element: Element): boolean {
  return ['', '::after'].some((part) => getComputedStyle(element, part).outlineStyle !== 'none');
}

function nameOf(element: Element): string {
  return element.outerHTML.slice(0, 120);
}

/** Walks there as somebody without a mouse does, and sees at each stop where they are. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let tabs = 0; tabs < FURTHEST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    // Behind the last stop the focus is the browser's own for one press.
    if ((await focused.count()) === 0) continue;
    await expect
      .poll(() => focused.evaluate(hasRing), `the focus is seen on ${await focused.first().evaluate(nameOf)}`)
      .toBe(true);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} is not reached within ${FURTHEST_TABS} tabs`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a diner without a mouse orders, pays, verifies and orders again @desk', async ({ page, diner }) => {
  await page.goto('/');
  await press(page, page.getByRole('link', { name: 'Register' }));
  await tabTo(page, page.getByLabel('Full name'));
  await page.keyboard.type(diner.name);
  await tabTo(page, page.getByLabel('Email address'));
  await page.keyboard.type(diner.email);
  await tabTo(page, page.getByLabel('Password'));
  await page.keyboard.type(diner.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible();

  await press(page, page.getByRole('link', { name: 'Order', exact: true }));
  const store = page.getByRole('combobox', { name: 'Your store' });
  await tabTo(page, store);
  await page.keyboard.type('o');
  await page.keyboard.press('ArrowDown');
  const chosen = page.getByRole('option', { selected: true });
  await expect(chosen).toBeVisible();
  const name = (await chosen.locator('strong').innerText()).trim();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Baking for you at')).toContainText(name);
  await press(page, page.getByRole('button', { name: 'Add Veggie' }));
  await press(page, button(page, 'Checkout'));
  await press(page, button(page, 'Pay now'));
  await expect(page.getByRole('heading', { level: 1, name: 'Hot and signed' })).toBeVisible();
  await press(page, button(page, 'Verify'));
  await expect(page.getByText('The real thing')).toBeVisible();
  await press(page, page.getByRole('link', { name: 'All my pizzas' }));
  await expect(page.getByRole('heading', { level: 1, name: `Ciao, ${diner.name}` })).toBeVisible();
  await press(page, page.getByRole('button', { name: /^Order again/ }).first());
  await expect(page).toHaveURL(/\/payment$/);
  await press(page, button(page, 'Pay now'));
  await expect(page.getByRole('heading', { level: 1, name: 'Hot and signed' })).toBeVisible();
});

test('a reader who tabs into a page may skip to what it is about @desk', async ({ page }) => {
  await page.goto('/about');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText('Skip to the content');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a menu of stores that is left by Escape gives the old choice back @desk', async ({ page, diner }) => {
  await register(page, diner);
  await page.goto('/menu');
  const store = page.getByRole('combobox', { name: 'Your store' });
  await tabTo(page, store);
  await page.keyboard.type('SLC');
  await page.keyboard.press('Enter');
  await press(page, button(page, 'Change store'));
  await expect(store).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Baking for you at')).toContainText('SLC');
});
