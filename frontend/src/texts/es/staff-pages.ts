import { admin } from './admin.ts';
import { chart } from './chart.ts';

/** What only those read who run the company, a franchise or the kitchen. */
export const staffPages = { admin, chart };
