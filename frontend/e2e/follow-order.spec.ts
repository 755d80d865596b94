import { expect, openReadyOrder, type PlacedOrder, test } from './fixtures.ts';

/** Opens the page of an order that is ready, and answers the order as the service tells it there. */
async function openOrder(...who: Parameters<typeof openReadyOrder>): Promise<PlacedOrder> {
  const [page] = who;
  const { order } = await openReadyOrder(...who);
  return (await page.request.get(`/api/order/${order.id}`)).json();
}

// As the service tells it, and as a reader in the browser's time zone and language sees it.
const IN_AN_HOUR = '2026-11-23T19:40:00.000Z';
const KEEP_TRYING = /^We keep trying until \d{1,2}:40\s[AP]M\.$/;

const eventOf = (id: string, data: unknown) =>
  `retry: 50\n\nevent: status\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

test('an order in the queue is followed by events, through a lost connection, without being asked for again @phone', async ({
  page,
  diner,
}) => {
  const made = await openOrder(page, diner);
  const waitingAt = (placeInLine: number) => ({
    order: { ...made.order, status: 'waiting', reasonCode: 'busy', placeInLine, givenUpAt: IN_AN_HOUR },
  });
  let readings = 0;
  await page.route(/\/api\/order\/\d+$/, (route) => {
    readings += 1;
    return route.fulfill({ json: { ...waitingAt(3), history: [] } });
  });
  let streams = 0;
  const isSeen = (text: string) => page.getByText(text, { exact: true }).first();
  await page.route(/\/api\/order\/\d+\/events$/, async (route) => {
    streams += 1;
    // Each answer ends, as a lost connection would; the browser comes back by itself.
    const [id, data] = streams === 1 ? ['2-2', waitingAt(2)] : ['4-0', made];
    if (streams === 2) {
      await expect(isSeen('You are number 2 in the queue')).toBeVisible();
      await expect(page.getByText(KEEP_TRYING)).toBeVisible();
    }
    await route.fulfill({ contentType: 'text/event-stream', body: eventOf(String(id), data) });
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'The whole token' })).toContainText(made.jwt.slice(0, 20));
  expect({ streams, readings }).toEqual({ streams: 2, readings: 1 });
});

test('an order whose events are refused is asked for until it is ready @phone', async ({
  page,
  diner,
  guard,
}) => {
  const made = await openOrder(page, diner);
  guard.expectRefusal(503, `/api/order/${made.order.id}/events`);
  let readings = 0;
  await page.route(/\/api\/order\/\d+$/, (route) => {
    readings += 1;
    const order = readings < 3 ? { ...made.order, status: 'making' } : made.order;
    return route.fulfill({ json: { ...made, order, history: [] } });
  });
  await page.route(/\/api\/order\/\d+\/events$/, (route) => route.fulfill({ status: 503, json: {} }));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'In the oven' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  expect(readings).toBe(3);
});
