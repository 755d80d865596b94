import { defineConfig } from 'playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from '../../backend/local-stack/browser.ts';

const executablePath = findBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: '../../backend/test/support/global-setup.ts',
  globalTeardown: '../../backend/test/support/global-teardown.ts',
  outputDir: '../../test-results',
  // Each worker has a stack and a database of its own (fixtures.ts).
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  use: {
    // What a worker answers, a test cannot; the tests of the worker itself let it in.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    // Recording every step takes longer than the steps.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    // Drawing frames of motion takes a core that the tests need; motion.spec.ts looks at pages that move.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: BROWSER_ARGUMENTS,
    },
  },
  // A journey runs on both unless its tag says that only one of them is of interest: staff work on a desktop, and what no
  // width changes need not be seen twice. The one is dark and the other light, so that each is seen in each theme's half.
  projects: [
    {
      name: 'desktop',
      grepInvert: /@phone\b/,
      use: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
    },
    {
      name: 'phone',
      grepInvert: /@desktop\b/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' },
    },
  ],
});
