import { defineConfig } from 'playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from '../../backend/local-stack/browser.ts';
import { pickFreePort } from '../../backend/local-stack/ports.ts';

// The first process chooses the port; the workers that read this file again find it in their environment.
process.env.STOREFRONT_PORT ??= String(await pickFreePort());
const executablePath = findBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './storefront-stack.ts',
  outputDir: '../../test-results',
  // One stack and one database for all: tests side by side would see each other's orders.
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  use: {
    baseURL: `http://localhost:${process.env.STOREFRONT_PORT}`,
    // What a worker answers, a test cannot; the tests of the worker itself let it in.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    // Recording every step takes longer than the steps.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: BROWSER_ARGUMENTS,
    },
  },
  // A journey runs on both unless its tag says that only one of them is of interest: staff work at a desk, and what no
  // width changes need not be seen twice.
  projects: [
    {
      name: 'phone',
      grepInvert: /@desk\b/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    { name: 'desktop', grepInvert: /@phone\b/, use: { viewport: { width: 1440, height: 900 } } },
  ],
});
