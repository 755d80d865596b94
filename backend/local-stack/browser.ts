import { existsSync } from 'node:fs';
import { findOrInstall, findProgram, type OnProgress } from './debian-packages.ts';

const PACKAGE = 'chromium';
const PACKAGE_MEGABYTES = 200;
const PROGRAM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** For a browser that a program drives: it asks nobody outside for anything, and runs for root, too. */
export const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function findBrowser(): string | undefined {
  return findProgram(PROGRAM_NAMES, ['/usr/bin']) ?? APPLICATIONS.find((path) => existsSync(path));
}

/** The real browser that tests drive; throws MissingProgramError, in one line, where there is none and none may be installed. */
export function findOrInstallBrowser(onProgress: OnProgress): Promise<string> {
  return findOrInstall(findBrowser, { name: PACKAGE, megabytes: PACKAGE_MEGABYTES, onProgress });
}
