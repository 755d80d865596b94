/** A token taken apart for reading. It proves nothing: that is what Verify is for. */
export interface DecodedPizza {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
  parts: { header: string; payload: string; signature: string };
}

/** The bytes behind base64url; undefined for a text that is none. */
export function bytesOf(part: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function decodePart(part: string): Record<string, unknown> | undefined {
  const bytes = bytesOf(part);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Answers undefined for a text that is no token. */
export function decodePizza(jwt: string): DecodedPizza | undefined {
  const [header, payload, signature, ...rest] = jwt.split('.');
  if (!header || !payload || !signature || rest.length > 0) return undefined;
  const decodedHeader = decodePart(header);
  const decodedPayload = decodePart(payload);
  if (!decodedHeader || !decodedPayload) return undefined;
  return { header: decodedHeader, payload: decodedPayload, parts: { header, payload, signature } };
}
