import { admin } from './admin.ts';
import { chart } from './chart.ts';
import { drill } from './drill.ts';
import { incidents } from './incidents.ts';
import { kitchen } from './kitchen.ts';

/** What only those read who run the company, a franchise or the kitchen. */
export const staffPages = { admin, chart, drill, incidents, kitchen } as const;
