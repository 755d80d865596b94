import type { Locator, Page } from 'playwright/test';
import { expect } from './fixtures.ts';

// Nothing is further away than this, on the longest of our pages and once round.
const FURTHEST_TABS = 120;

/** The ring is round the element, or round the card that its link is stretched over; a page that just opened has none. */
function hasRing(element: Element): boolean {
  if (element.matches('main')) return true;
  return ['', '::after'].some((part) => getComputedStyle(element, part).outlineStyle !== 'none');
}

function nameOf(element: Element): string {
  return element.outerHTML.slice(0, 120);
}

/** Walks there as somebody without a mouse does, and sees at each stop where they are. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
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

/** Walks to a control and presses it. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
