import type { Page } from 'playwright/test';
import { ADMIN, expect, logInAs } from './fixtures.ts';

export const OPERATIONS = '/admin-dashboard/operations';
/** A recovery with all that follows from it. */
export const BY_ITSELF = { timeout: 20_000 };

export async function openOperations(page: Page): Promise<void> {
  await logInAs(page, ADMIN);
  await page.goto(OPERATIONS);
  await expect(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
}
