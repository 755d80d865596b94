import { readFileSync } from 'node:fs';
import { expect, expectAccessible, goToPayment, register, test } from './fixtures.ts';
import { BY_ITSELF, openOperations } from './operations-page.ts';

// A drill begins only while no incident is open, and one that other tests caused is open for a minute.
test.use({ stackOf: 'drill' });

test('a drill from the operations page is seen live, cured, scored and written down, with an order of another browser in it @desktop', async ({
  page,
  diner,
  browser,
  baseURL,
}) => {
  const shop = await browser.newPage({ baseURL: baseURL ?? '' });
  await register(shop, diner);
  await goToPayment(shop);
  await openOperations(page);

  await page.getByRole('radio', { name: /^fail/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Start the drill' }).focus();
  await page.keyboard.press('Enter');
  await page
    .getByRole('group', { name: /Break the factory\?/ })
    .getByRole('button', { name: 'Yes' })
    .press('Enter');
  await shop.getByRole('button', { name: 'Pay now' }).click();
  await expect(shop).toHaveURL(/\/delivery\?order=\d+$/, BY_ITSELF);
  const orderId = new URL(shop.url()).searchParams.get('order') ?? '';
  await expect(page.getByRole('table', { name: 'Last calls' })).toContainText(`No. ${orderId}`);

  const score = page.getByRole('table', { name: 'Scoreboard' });
  await expect(score.getByRole('row', { name: /^This drill: it refuses orders/ })).toContainText(
    'of 94',
    BY_ITSELF,
  );
  await expect(page.getByText('The recovery ended it.')).toBeVisible();
  await expect(page.getByText('Healthy', { exact: true })).toBeVisible(BY_ITSELF);

  await page
    .getByRole('button', { name: /^Show incident/ })
    .first()
    .click();
  const incident = page.getByRole('region', { name: /^Incident \d+$/ });
  await expect(incident.getByText('The report URL was called', { exact: true }).first()).toBeVisible();
  await expect(incident.getByRole('heading', { name: 'Root cause' })).toBeVisible();
  // Once it is over nothing is added to it but its end, a minute later.
  await expect(incident.getByText('No order waited any more', { exact: true }).first()).toBeVisible(
    BY_ITSELF,
  );
  const download = page.waitForEvent('download');
  await incident.getByRole('link', { name: 'Download as Markdown' }).click();
  const file = await download;
  const text = readFileSync(await file.path(), 'utf8');
  const id = /\d+/.exec(file.suggestedFilename())?.[0];
  const record = await (await page.request.get(`/api/operations/incidents/${id}`)).json();
  const restoredMs = Date.parse(record.restoredAt) - Date.parse(record.startedAt);
  expect(text).toContain(`# Incident ${id}: the pizza factory refused orders`);
  const timeline = text.slice(text.indexOf('## Timeline'), text.indexOf('## Response'));
  expect(timeline.match(/^\| 20/gm)).toHaveLength(record.timeline.length);
  if (restoredMs < 1_000) expect(text).toContain(`${restoredMs} ms after the first fault`);
  if (record.ordersDelayed === 0) expect(text).toContain('No diner');
  else expect(text).toContain(`held up ${record.ordersDelayed} order`);
  await expectAccessible(page);
  await shop.close();
});
