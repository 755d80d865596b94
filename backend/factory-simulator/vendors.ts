import { createHash, timingSafeEqual } from 'node:crypto';

export interface Vendor {
  id: string;
  name: string;
  apiKey: string;
}

export interface Vendors {
  /** Answers the vendor whose key this is, or null. Takes the same time for every wrong key. */
  find(apiKey: unknown): Vendor | null;
}

/** Answers a register with one vendor per key. */
export function createVendors(apiKeys: readonly string[]): Vendors {
  const entries = apiKeys.map((apiKey, index) => {
    const number = index + 1;
    const vendor: Vendor =
      number === 1
        ? { id: 'jwt-pizza', name: 'JWT Pizza', apiKey }
        : { id: `jwt-pizza-${number}`, name: `JWT Pizza ${number}`, apiKey };
    return { vendor, digest: digestOf(apiKey) };
  });
  return {
    find(apiKey) {
      if (typeof apiKey !== 'string') return null;
      const digest = digestOf(apiKey);
      return entries.find((entry) => timingSafeEqual(entry.digest, digest))?.vendor ?? null;
    },
  };
}

/** Answers the key of an `Authorization: Bearer` header, or null. */
export function bearerKey(header: string | undefined): string | null {
  return header?.match(/^bearer +(\S+)$/i)?.[1] ?? null;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
