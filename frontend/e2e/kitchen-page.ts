import type { Page } from 'playwright/test';
import { ADMIN, expect, logInAs } from './fixtures.ts';

export const KITCHEN = '/admin-dashboard/kitchen';
/** A recovery with all that follows from it. */
export const BY_ITSELF = { timeout: 20_000 };

export async function openKitchen(page: Page): Promise<void> {
  await logInAs(page, ADMIN);
  await page.goto(KITCHEN);
  await expect(page.getByRole('heading', { level: 1, name: 'The kitchen' })).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
}
