import { admin } from './admin.ts';

/** What only those read who run the company, a franchise or the kitchen. */
export const staffPages = { admin } as const;
