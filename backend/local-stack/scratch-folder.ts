import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, isRunning } from './process-lock.mjs';

const OWNER = 'owner.json';

export type ScratchFolder = { path: string; remove(): void };

function isAbandoned(folder: string): boolean {
  try {
    return !isRunning(JSON.parse(readFileSync(join(folder, OWNER), 'utf8')));
  } catch {
    // Somebody else's, or just being made.
    return false;
  }
}

/** A temporary folder for one run. What earlier runs that were killed have left behind is swept away with the same broom. */
export function makeScratchFolder(purpose: string, parent: string = tmpdir()): ScratchFolder {
  const prefix = `jwt-pizza-${purpose}-`;
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(parent, name);
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
  }
  const path = mkdtempSync(join(parent, prefix));
  writeFileSync(join(path, OWNER), JSON.stringify(identityOf(process.pid)));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
