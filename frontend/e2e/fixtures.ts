import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from 'playwright/test';
import { createTestDatabase } from '../../backend/test/support/test-database.ts';
import { type OtherSite, startOtherSite } from './other-site.ts';
import { type StorefrontStack, startStorefrontStack } from './storefront-stack.ts';

interface Account {
  email: string;
  password: string;
}

export interface Diner extends Account {
  name: string;
}

export interface PlacedOrder {
  order: Record<string, unknown> & { id: number };
  jwt: string;
}

interface Guard {
  /** Declares that this test makes the service refuse something; the browser reports refusals as errors. */
  expectRefusal: (status: number, path: string) => void;
  /** Declares that this test takes the network away, which the browser reports, too. */
  expectLostConnection: () => void;
}

interface Fixtures {
  guard: Guard;
  /** Somebody nobody else in the run is. Not registered yet. */
  diner: Diner;
  /** Makes the simulated factory fail in a way of its own, or well again by `none`; after the test it is well. */
  setFault: (type: string, options?: object) => Promise<void>;
}

interface WorkerFixtures {
  /** A file of tests that needs a system nobody has used gives this a name of its own. */
  stackOf: string;
  /** The system under test, this worker's own: what its tests order and break no other worker sees. */
  stack: StorefrontStack;
  /** A storefront of another site, which the stack allows to call its API. */
  otherSite: OtherSite;
}

/** Known to everybody: accounts of the demo. */
export const ADMIN: Account = { email: 'a@jwt.com', password: 'admin' };
export const FRANCHISEE: Account = { email: 'f@jwt.com', password: 'franchisee' };
export const DINER: Account = { email: 'd@jwt.com', password: 'diner' };

// An open circuit is tried again after 2 s, then after 4, 8 and 15 s.
const RECOVERS_WITHIN_MS = 40_000;
const STARTS_WITHIN_MS = 120_000;

function refusalOf(text: string, url: string): string | undefined {
  const status = /^Failed to load resource: .* status of (\d{3})/.exec(text)?.[1];
  return status && url ? `${status} ${new URL(url).pathname}` : undefined;
}

const LOST_CONNECTION = /net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED)/;

let dinersSoFar = 0;

/** Whether orders go through; for a while after a slow answer the factory is still called slow. */
async function isFactoryAnswering(stackUrl: string): Promise<boolean> {
  const { kitchen } = (await (await fetch(`${stackUrl}/api/status`)).json()) as { kitchen: string };
  return kitchen !== 'down';
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  stackOf: ['all', { scope: 'worker', option: true }],
  otherSite: [
    async ({ browserName: _ }, use) => {
      const site = await startOtherSite();
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  stack: [
    async ({ stackOf, otherSite }, use, { workerIndex }) => {
      const database = await createTestDatabase();
      const stack = await startStorefrontStack(`${stackOf}-${workerIndex}`, {
        databaseUrl: database.url,
        allowedOrigin: otherSite.url,
      });
      await use(stack);
      await stack.stop();
      await database.drop();
    },
    { scope: 'worker', timeout: STARTS_WITHIN_MS },
  ],
  baseURL: ({ stack }, use) => use(stack.url),
  guard: [
    async ({ page, baseURL, otherSite }, use) => {
      const expected = new Set<string>();
      const faults: string[] = [];
      let mayLoseConnection = false;
      page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() !== 'error') return;
        if (mayLoseConnection && LOST_CONNECTION.test(message.text())) return;
        const refusal = refusalOf(message.text(), message.location().url);
        if (!refusal || !expected.has(refusal)) faults.push(`console: ${refusal ?? message.text()}`);
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        const isOurs = [baseURL, otherSite.url].some((known) => url.origin === new URL(known ?? '').origin);
        if (!isOurs && url.protocol.startsWith('http')) faults.push(`foreign request: ${request.url()}`);
      });
      await use({
        expectRefusal: (status, path) => expected.add(`${status} ${path}`),
        expectLostConnection: () => {
          mayLoseConnection = true;
        },
      });
      expect(faults, 'the page stayed without faults').toEqual([]);
    },
    { auto: true },
  ],
  diner: async ({ browserName: _ }, use, testInfo) => {
    dinersSoFar += 1;
    const mark = `${Date.now().toString(36)}-${testInfo.workerIndex}-${dinersSoFar}`;
    await use({ name: 'Kai Chen', email: `kai-${mark}@example.com`, password: `four cheeses ${mark}` });
  },
  setFault: async ({ stack }, use) => {
    const setFault = async (type: string, options: object = {}): Promise<void> => {
      const answer = await fetch(`${stack.simulatorUrl}/api/vendor/chaos/${type}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(options),
      });
      expect(answer.ok).toBe(true);
    };
    await use(setFault);
    await setFault('none');
    await expect.poll(() => isFactoryAnswering(stack.url), { timeout: RECOVERS_WITHIN_MS }).toBe(true);
  },
});

export { expect };

/** Registers a diner by the API and logs the page's browser in; the form has tests of its own. Answers the session's token. */
export function register(page: Page, diner: Diner): Promise<string> {
  return test.step('account', async () => {
    const answer = await page.request.post('/api/auth', { data: diner });
    expect(answer.ok()).toBe(true);
    return ((await answer.json()) as { token: string }).token;
  });
}

/** Logs the page's browser in by the API, in place of whoever was logged in; the form has tests of its own. */
export async function logInAs(page: Page, account: Account): Promise<void> {
  await test.step('account', async () => {
    await page.context().clearCookies();
    const answer = await page.request.put('/api/auth', { data: account });
    expect(answer.ok()).toBe(true);
  });
}

/** Fills in the log-in form that is open. */
export async function logIn(page: Page, { email, password }: Account): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
}

export async function chooseStore(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Your store' }).fill(name);
  await page.getByRole('option', { name }).first().click();
  await expect(page.getByRole('paragraph').filter({ hasText: 'Baking for you at' })).toContainText(name);
}

/** Goes to the menu and puts one Veggie and two Pepperoni for the store SLC into the cart. */
export async function fillCart(page: Page): Promise<void> {
  await page.goto('/menu');
  await chooseStore(page, 'SLC');
  await page.getByRole('button', { name: 'Add Veggie' }).click();
  await page.getByRole('button', { name: 'Add Pepperoni' }).click();
  await page.getByRole('button', { name: 'Add Pepperoni' }).click();
  await expect(page.getByRole('complementary')).toContainText('0.0122');
}

/** Fills the cart and goes to the payment. */
export async function goToPayment(page: Page): Promise<void> {
  await fillCart(page);
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page.getByRole('button', { name: 'Pay now' })).toBeEnabled();
}

/** Places an order for one Veggie and two Pepperoni by the API; answers it once it is ready. */
export async function placeOrder(page: Page, token: string): Promise<PlacedOrder> {
  const answer = await page.request.post('/api/order', {
    data: { franchiseId: 1, storeId: 1, items: [{ menuId: 1 }, { menuId: 2, quantity: 2 }] },
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status()).toBe(200);
  return (await answer.json()) as PlacedOrder;
}

/** Registers the diner and opens the page of an order that is ready. */
export async function openReadyOrder(page: Page, diner: Diner): Promise<PlacedOrder> {
  const placed = await placeOrder(page, await register(page, diner));
  await page.goto(`/delivery?order=${placed.order.id}`);
  await expect(page.getByRole('heading', { name: 'Hot and signed' })).toBeVisible();
  return placed;
}

export async function expectOrders(page: Page, count: number): Promise<void> {
  await page.goto('/diner-dashboard');
  await expect(page.getByRole('link', { name: /^No\. \d+$/ })).toHaveCount(count);
}

// What a theme changes; everything else is the same in both.
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Waits until everything the page has asked for is drawn. */
export async function untilDrawn(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[data-skeleton]')).toHaveCount(0);
}

/** axe finds nothing serious on the page as it is shown, in either theme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // A colour on its way from one theme to the other has the contrast of neither.
    // Jumping to the end needs no frames, which a busy machine may not draw; what glows for ever is taken away.
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) {
        const hasEnd = Number.isFinite(animation.effect?.getComputedTiming().endTime);
        if (hasEnd) animation.finish();
        else animation.cancel();
      }
    });
    // Without the page of its own that axe opens for what stands in frames: we have none.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (colorScheme === 'dark') axe.withRules(RULES_OF_COLOUR);
    const { violations } = await test.step('axe', () => axe.analyze());
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const found = serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
    expect(found, `axe on ${page.url()}, ${colorScheme}`).toEqual([]);
  }
}
