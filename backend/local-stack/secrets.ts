import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['JWT_SECRET', 'PASSWORD_PEPPER', 'FACTORY_API_KEY'] as const;
const SECRET_BYTES = 32;

export type DemoSecrets = Record<(typeof NAMES)[number], string>;

function readSecrets(path: string): DemoSecrets | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DemoSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** The demo's secrets, made on its first start. They stay, so that sessions and passwords outlive a restart. */
export function readOrMakeSecrets(dataDir: string): DemoSecrets {
  const path = join(dataDir, 'secrets.json');
  const kept = readSecrets(path);
  if (kept) return kept;
  mkdirSync(dataDir, { recursive: true });
  const made = Object.fromEntries(
    // The mark lets production refuse them.
    NAMES.map((name) => [name, `demo-${randomBytes(SECRET_BYTES).toString('base64url')}`]),
  );
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  try {
    // A link never replaces what somebody else has just made.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecrets(path) ?? (made as DemoSecrets);
}
