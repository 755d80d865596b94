const BITS_PER_SIGN = 6;

/** What of a key's base64 is the same whatever stands before and after it, for each place it can begin at. */
function base64Middles(key: string, alphabet: 'base64' | 'base64url'): string[] {
  const bytes = Buffer.from(key);
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet);
    const first = Math.ceil((before * 8) / BITS_PER_SIGN);
    const end = Math.floor(((before + bytes.length) * 8) / BITS_PER_SIGN);
    return text.slice(first, end);
  });
}

const percentAll = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** The forms in which a key could stand somewhere, by what they are called. */
export function formsOf(key: string): [name: string, form: string][] {
  const encoded = encodeURIComponent(key);
  return [
    ['as it is', key],
    ['in JSON', JSON.stringify(key).slice(1, -1)],
    ['percent-encoded', encoded],
    ['percent-encoded twice', encodeURIComponent(encoded)],
    ['percent-encoded altogether', percentAll(key)],
    ['in hex', Buffer.from(key).toString('hex')],
    ...base64Middles(key, 'base64').map((form, at): [string, string] => [`in base64 at ${at}`, form]),
    ...base64Middles(key, 'base64url').map((form, at): [string, string] => [`in base64url at ${at}`, form]),
  ];
}

/** Names of the forms of a key that stand in a text, in whatever case. */
export function tracesOf(key: string, text: string): string[] {
  const searched = text.toLowerCase();
  return formsOf(key)
    .filter(([, form]) => searched.includes(form.toLowerCase()))
    .map(([name]) => name);
}
