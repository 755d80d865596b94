import { z } from 'zod';

/** An address of which only the origin counts. */
export const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((text) => new URL(text).origin);

// Names as `URL` writes them.
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether an address is on this machine, so that nothing of it travels. */
export const isLoopback = (url: string): boolean => LOOPBACK.test(new URL(url).hostname);

function hasReadableCredentials(text: string): boolean {
  const { username, password } = new URL(text);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** An address with its path. It may hold a password, so its faults are told without quoting it. */
export const address = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .pipe(
    z.string().refine(hasReadableCredentials, { error: 'must have its user and password percent-encoded' }),
  );
