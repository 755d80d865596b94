import type { z } from 'zod';

/** Answers one line that names every wrong field. */
export function describeFaults(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
}
