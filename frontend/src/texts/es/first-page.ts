import { app } from './app.ts';
import { home } from './home.ts';

/** What stands on every page, and the first one. Without arguments: what fills them in comes later. */
export const firstPage = { app, home };
