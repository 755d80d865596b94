import { mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

// One old file is kept, so the demo's log never takes more than about twice this, plus what a single run writes.
const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

export type ServiceLog = { path: string; descriptor: number };

/** The file that the demo's service writes its log into; a large one of earlier starts is put aside first. */
export function openServiceLog(dataDir: string): ServiceLog {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'service.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`);
  return { path, descriptor: openSync(path, 'a', 0o600) };
}
