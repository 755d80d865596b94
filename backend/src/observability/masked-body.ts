// Beside what is never logged anywhere: links that are a right in themselves, whose they are, and what a diner wrote for
// whoever bakes (an allergy, the code of a gate), which stands in a verified pizza, too.
const MASKED_FIELDS: ReadonlySet<string> = new Set([
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'jwt',
  'apiKey',
  'email',
  'note',
  'payload',
  'reportPizzaCreationErrorToPizzaFactoryUrl',
  'reportSlowPizzaToFactoryUrl',
  'followLinkToEndChaos',
]);
const MASK = '[redacted]';
// A page of a list is enough to see what was answered; a log is no archive.
const MOST_ENTRIES = 20;

/** A body as it may be logged: secrets masked wherever they stand, long lists cut. */
export function maskedBody(body: unknown): unknown {
  if (Array.isArray(body)) {
    const shown = body.slice(0, MOST_ENTRIES).map(maskedBody);
    return body.length > MOST_ENTRIES ? [...shown, `${body.length - MOST_ENTRIES} more`] : shown;
  }
  // A text on its own is a page or a table, not JSON.
  if (typeof body === 'string') return `${body.length} characters`;
  if (typeof body !== 'object' || body === null) return body;
  const fields = Object.entries(body).map(([name, value]) => {
    if (MASKED_FIELDS.has(name)) return [name, MASK];
    return [name, typeof value === 'string' ? value : maskedBody(value)];
  });
  return Object.fromEntries(fields);
}
