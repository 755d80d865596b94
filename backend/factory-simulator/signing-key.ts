import { createPrivateKey, generateKeyPair, type KeyObject, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const MODULUS_BITS = 2048;
const OWNER_ONLY = 0o600;

/** Answers a fresh private RSA key. */
export async function makeSigningKey(): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  return privateKey;
}

/** Answers the key kept in the folder, made and stored on the first call. Throws if the file there holds no such key. */
export async function loadSigningKey(folder: string): Promise<KeyObject> {
  const file = path.join(folder, 'signing-key.pem');
  const kept = (await readKey(file)) ?? (await storeNewKey(file));
  const isUsable =
    kept.asymmetricKeyType === 'rsa' && (kept.asymmetricKeyDetails?.modulusLength ?? 0) >= MODULUS_BITS;
  if (!isUsable) throw unusable(file);
  await chmod(file, OWNER_ONLY);
  return kept;
}

async function storeNewKey(file: string): Promise<KeyObject> {
  const folder = path.dirname(file);
  // In two steps, as the mode is for this folder alone: others keep theirs in the one above.
  await mkdir(path.dirname(folder), { recursive: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = (await makeSigningKey()).export({ type: 'pkcs8', format: 'pem' });
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeDurably(draft, pem);
    await publish(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  // Read back instead of trusting our own: another process may have been first.
  const stored = await readKey(file);
  if (!stored) throw unusable(file);
  return stored;
}

async function readKey(file: string): Promise<KeyObject | null> {
  const pem = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (pem === null) return null;
  try {
    return createPrivateKey(pem);
  } catch {
    throw unusable(file);
  }
}

async function writeDurably(file: string, text: string | Buffer): Promise<void> {
  const handle = await open(file, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A link never replaces a file, so of two first starts at one instant one key wins for both. */
async function publish(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Some file systems know no links; there the second of two racing first starts would win.
    if (code !== 'EEXIST') await rename(draft, file);
  }
}

function unusable(file: string): Error {
  return new Error(`${file} holds no RSA key of ${MODULUS_BITS} bits; delete it to have a new one made`);
}
