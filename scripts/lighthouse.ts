import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { BROWSER_ARGUMENTS, findOrInstallBrowser } from '../backend/local-stack/browser.ts';
import { stopAllChildren } from '../backend/local-stack/child-processes.ts';
import { pickFreePort } from '../backend/local-stack/ports.ts';
import { projectRoot } from '../backend/local-stack/project-root.ts';
import { buildStorefrontIfStale } from '../backend/local-stack/storefront-build.ts';
import { startStorefrontStack } from '../frontend/e2e/storefront-stack.ts';

// Lighthouse brings 130 packages that nothing else here needs, so it lives beside the project and not among its
// dependencies.
const LIGHTHOUSE = { version: '13.5.0', folder: join(projectRoot, '.data/lighthouse') };
const COLUMNS = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const LEAST_SCORE = 95;
const STOP_WITHIN_MS = 4_000;

type Score = Record<(typeof COLUMNS)[number], number>;
interface Result {
  lhr: {
    categories: Record<string, { score: number | null }>;
    audits: Record<string, { score: number | null; title: string; displayValue?: string }>;
  };
}
type Lighthouse = (url: string, flags: object, config?: object) => Promise<Result | undefined>;

async function loadLighthouse(): Promise<{ lighthouse: Lighthouse; desktop: object }> {
  const { folder, version } = LIGHTHOUSE;
  const home = join(folder, 'node_modules/lighthouse');
  if (!existsSync(home)) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"private":true}\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `lighthouse@${version}`], {
      cwd: folder,
      stdio: 'inherit',
    });
  }
  const { default: lighthouse, desktopConfig } = await import(
    pathToFileURL(join(home, 'core/index.js')).href
  );
  return { lighthouse, desktop: desktopConfig };
}

async function goToPayment(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add Veggie' }).click();
  await page.getByRole('button', { name: 'Checkout' }).click();
  await page.getByRole('button', { name: 'Pay now' }).waitFor();
}

/** Logs the demo's diner in and fills the cart; answers the address of a pizza that is ready. */
async function prepareDiner(page: Page, base: string): Promise<string> {
  await page.goto(`${base}/login`);
  await page.getByLabel('Email address').fill('d@jwt.com');
  await page.getByLabel('Password').fill('diner');
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByRole('link', { name: 'Logout' }).waitFor();
  await page.goto(`${base}/menu`);
  await page.getByRole('combobox', { name: 'Your store' }).fill('SLC');
  await page.getByRole('option', { name: 'SLC' }).first().click();
  await goToPayment(page);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.getByRole('button', { name: 'Verify' }).waitFor();
  const delivery = page.url();
  await page.goto(`${base}/menu`);
  await goToPayment(page);
  return delivery;
}

async function measure(context: BrowserContext, base: string, port: number): Promise<boolean> {
  const { lighthouse, desktop } = await loadLighthouse();
  const page = context.pages()[0] ?? (await context.newPage());
  const delivery = await prepareDiner(page, base);
  const pages = { home: `${base}/`, menu: `${base}/menu`, payment: `${base}/payment`, delivery };
  let isGood = true;
  console.log(['page', 'form', ...COLUMNS, 'what costs'].join('\t'));
  for (const [name, url] of Object.entries(pages)) {
    for (const form of ['phone', 'desktop']) {
      // The session and the cart are what the page is about.
      const flags = { port, output: 'json', logLevel: 'error', disableStorageReset: true };
      const result = await lighthouse(url, flags, form === 'desktop' ? desktop : undefined);
      if (!result) throw new Error(`Lighthouse answered nothing for ${url}`);
      const score = Object.fromEntries(
        COLUMNS.map((column) => [column, Math.round((result.lhr.categories[column]?.score ?? 0) * 100)]),
      ) as Score;
      const lacking = Object.values(result.lhr.audits)
        .filter((audit) => audit.score !== null && audit.score < 0.9)
        .map(({ title, displayValue }) => (displayValue ? `${title} (${displayValue})` : title));
      console.log([name, form, ...COLUMNS.map((column) => score[column]), lacking.join('; ')].join('\t'));
      isGood &&= COLUMNS.every((column) => score[column] >= LEAST_SCORE);
    }
  }
  return isGood;
}

const executablePath = await findOrInstallBrowser((line) => console.error(line));
await buildStorefrontIfStale({ onProgress: (line) => console.error(line) });
const stack = await startStorefrontStack('lighthouse');
const port = await pickFreePort();
const context = await chromium.launchPersistentContext('', {
  executablePath,
  args: [...BROWSER_ARGUMENTS, `--remote-debugging-port=${port}`],
});
let isGood = false;
try {
  isGood = await measure(context, stack.url, port);
} finally {
  await context.close();
  await stack.stop();
  await stopAllChildren(STOP_WITHIN_MS);
}
process.exit(isGood ? 0 : 1);
