const DEFAULT_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 10;

interface Preference {
  isAsync: boolean;
  waitMs: number;
}

/** Reads `Prefer: respond-async, wait=N` (RFC 7240). Preferences that are unknown or malformed are ignored, as it demands. */
export function readPreference(header: string | undefined): Preference {
  const preferences = (header ?? '').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '');
  const isAsync = preferences.includes('respond-async');
  const wait = preferences
    .map((part) => /^wait\s*=\s*"?(\d{1,3})"?$/.exec(part)?.[1])
    .find((seconds) => seconds !== undefined);
  const seconds = wait === undefined ? DEFAULT_WAIT_SECONDS : Math.min(Number(wait), LONGEST_WAIT_SECONDS);
  return { isAsync, waitMs: seconds * 1000 };
}
