import type { Page } from 'playwright/test';

/**
 * Has the page's browser read this as order 7: states that the real service reaches only while its factory is ill, and
 * leaves when it likes. Its events stay silent.
 */
export async function answerWithOrder(page: Page, changes: Record<string, unknown>): Promise<void> {
  const order = {
    id: 7,
    franchiseId: 1,
    franchiseName: 'pizzaPocket',
    storeId: 1,
    storeName: 'SLC',
    date: '2026-11-23T12:04:00.000Z',
    total: 0.0038,
    items: [{ id: 1, menuId: 1, description: 'Veggie', price: 0.0038 }],
    ...changes,
  };
  await page.route('**/api/order/7', (route) => route.fulfill({ json: { order, history: [] } }));
  await page.route('**/api/order/7/events', (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: 'retry: 60000\n\n' }),
  );
}
