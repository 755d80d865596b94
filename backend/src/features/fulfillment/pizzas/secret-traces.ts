// Each layer of percent-encoding is looked under; a text that still changes after so many is hiding something.
const MAX_LAYERS = 5;
const BITS_PER_CHARACTER = 6;

/** Only letters and digits, in lower case: separators, the two base64 alphabets and case cannot hide anything. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** What a text that goes before and after the key leaves untouched of the key's base64, at each alignment. */
function base64Cores(key: string): string[] {
  const bytes = Buffer.from(key);
  return [0, 1, 2].map((lead) => {
    const encoded = Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64url');
    const isLastShared = ((lead + bytes.length) * 8) % BITS_PER_CHARACTER !== 0;
    return encoded.slice(lead === 0 ? 0 : lead + 1, isLastShared ? -1 : undefined);
  });
}

function tracesOf(key: string): string[] {
  return [key, Buffer.from(key).toString('hex'), ...base64Cores(key)].map(bare);
}

function unpercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/**
 * Whether a text lets one of the keys through: as it is, in another case, split by punctuation, percent-encoded any
 * number of times, or as base64, base64url or hex. In doubt it says yes: a text that is held back costs nothing.
 */
export function holdsSecret(text: string, keys: readonly string[]): boolean {
  const traces = keys.flatMap(tracesOf);
  let layer = text;
  for (let depth = 0; depth < MAX_LAYERS; depth += 1) {
    const visible = bare(layer);
    if (traces.some((trace) => visible.includes(trace))) return true;
    const next = unpercent(layer);
    if (next === layer) return false;
    layer = next;
  }
  return true;
}
