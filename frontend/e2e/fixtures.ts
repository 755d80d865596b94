import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from 'playwright/test';

interface Diner {
  name: string;
  email: string;
  password: string;
}

interface Guard {
  /** Declares that this test makes the service refuse something; the browser reports refusals as errors. */
  expectRefusal: (status: number, path: string) => void;
  /** Declares that this test takes the network away, which the browser reports, too. */
  expectLostLine: () => void;
}

interface Fixtures {
  guard: Guard;
  /** Somebody nobody else in the run is. Not registered yet. */
  diner: Diner;
}

function refusalOf(text: string, url: string): string | undefined {
  const status = /^Failed to load resource: .* status of (\d{3})/.exec(text)?.[1];
  return status && url ? `${status} ${new URL(url).pathname}` : undefined;
}

const LOST_LINE = /net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED)/;

let dinersSoFar = 0;

export const test = base.extend<Fixtures>({
  guard: [
    async ({ page, baseURL }, use) => {
      const expected = new Set<string>();
      const faults: string[] = [];
      let mayLoseLine = false;
      page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() !== 'error') return;
        if (mayLoseLine && LOST_LINE.test(message.text())) return;
        const refusal = refusalOf(message.text(), message.location().url);
        if (!refusal || !expected.has(refusal)) faults.push(`console: ${refusal ?? message.text()}`);
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        const isOurs = url.origin === new URL(baseURL ?? '').origin;
        if (!isOurs && url.protocol.startsWith('http')) faults.push(`foreign request: ${request.url()}`);
      });
      await use({
        expectRefusal: (status, path) => expected.add(`${status} ${path}`),
        expectLostLine: () => {
          mayLoseLine = true;
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
});

export { expect };

export async function register(page: Page, diner: Diner): Promise<void> {
  await test.step('account', async () => {
    await page.goto('/register');
    await page.getByLabel('Full name').fill(diner.name);
    await page.getByLabel('Email address').fill(diner.email);
    await page.getByLabel('Password').fill(diner.password);
    await page.getByRole('button', { name: 'Register' }).click();
    await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible();
  });
}

export async function logIn(page: Page, { email, password }: Omit<Diner, 'name'>): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
}

export async function chooseStore(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Your store' }).fill(name);
  await page.getByRole('option', { name }).first().click();
  await expect(page.getByText('Baking for you at')).toContainText(name);
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

export async function expectOrders(page: Page, count: number): Promise<void> {
  await page.goto('/diner-dashboard');
  await expect(page.getByRole('link', { name: /^No\. \d+$/ })).toHaveCount(count);
}

// What a theme changes; everything else is the same in both.
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** axe finds nothing serious on the page as it is shown, in either theme. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
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

/** Makes the simulated factory fail in a way of its own, or well again by `none`. */
export async function setFault(type: string, options: object = {}): Promise<void> {
  const answer = await fetch(`${process.env.SIMULATOR_URL}/api/vendor/chaos/${type}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(options),
  });
  expect(answer.ok).toBe(true);
}

// Trials of an ill factory are seconds apart.
const RECOVERS_WITHIN_MS = 40_000;

/** The next test must not find the kitchen still ill. */
export async function untilKitchenIsWell(page: Page): Promise<void> {
  const kitchen = async () => (await (await page.request.get('/api/status')).json()).kitchen as string;
  await expect.poll(kitchen, { timeout: RECOVERS_WITHIN_MS }).toBe('well');
}
