import type { Locator, Page } from 'playwright/test';
import { expect } from './fixtures.ts';

// Nothing is further away than this, on the longest of our pages and once round.
const FURTHEST_TABS = 120;

/** Where the focus is, seen at one moment. The ring is round the element, or round the card its link is stretched over. */
function seeFocus(target: Element) {
  const element = document.activeElement;
  // Behind the last stop the focus is the browser's own for one press; a page that just opened has it as a whole.
  const isNowhere = !element || element.matches('body, main');
  const hasRing =
    isNowhere || ['', '::after'].some((part) => getComputedStyle(element, part).outlineStyle !== 'none');
  return { isThere: element === target, hasRing, name: element?.outerHTML.slice(0, 120) };
}

/** Walks there as somebody without a mouse does, and sees at each stop where they are. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let tabs = 0; tabs < FURTHEST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    const { isThere, hasRing, name } = await target.evaluate(seeFocus);
    expect(hasRing, `the focus is seen on ${name}`).toBe(true);
    if (isThere) return;
  }
  throw new Error(`${target} is not reached within ${FURTHEST_TABS} tabs`);
}

/** Walks to a control and presses it. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
