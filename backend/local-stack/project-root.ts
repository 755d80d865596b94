import { dirname } from 'node:path';

/** The folder of package.json, wherever the clone lies and wherever a command was started from. */
export const projectRoot: string = dirname(dirname(import.meta.dirname));
