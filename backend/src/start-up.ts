import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from './config.ts';
import { isDatabaseAway } from './database/database-errors.ts';
import { migrate } from './database/migrate.ts';
import type { Database } from './database/pool.ts';
import { type LogOutput, openLog } from './observability/log-output.ts';
import type { Logger } from './observability/logger.ts';
import { readLokiTarget } from './observability/loki-stream.ts';

const projectRoot = join(import.meta.dirname, '../..');

/** A fault a person can mend: its message is the whole of what they need to see. */
export class StartUpError extends Error {}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** What runs for long; commands of operators say what they do and are gone. */
type LongProcess = 'service' | 'worker';

/** Reads the environment, to which the npm scripts have added `.env`; throws ConfigError. A long process logs to Loki, too. */
export function readSettings(
  environment: NodeJS.ProcessEnv,
  longProcess?: LongProcess,
): { config: Config; log: Logger; endLog: LogOutput['end'] } {
  const config = readConfig(environment, readVersion());
  const loki = config.lokiUrl && longProcess ? readLokiTarget(config.lokiUrl, longProcess) : undefined;
  const { log, end: endLog } = openLog(config.logLevel, loki);
  return { config, log, endLog };
}

/** Where the built storefront is, or undefined when it has not been built. */
export function findStorefront(): string | undefined {
  const folder = join(projectRoot, 'frontend/dist');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

/** Brings the schema up to date; a database that cannot be reached is told in one line, without its password. */
export async function migrateOrExplain(db: Database, config: Config, log: Logger): Promise<void> {
  try {
    const applied = await migrate(db);
    if (applied.length > 0) log.info({ applied }, 'migrated');
  } catch (error) {
    const { host, pathname } = new URL(config.databaseUrl);
    const { code = '', message } = error as Error & { code?: string };
    if (isDatabaseAway(error)) throw new StartUpError(`The database at ${host} cannot be reached (${code}).`);
    if (
      code === 'ER_ACCESS_DENIED_ERROR' ||
      code === 'ER_DBACCESS_DENIED_ERROR' ||
      code === 'ER_BAD_DB_ERROR'
    ) {
      throw new StartUpError(`The database ${pathname.slice(1)} at ${host} refused us: ${message}`);
    }
    throw error;
  }
}

/** Prints why a process could not start and answers its exit code. */
export function explainFailure(error: unknown, log?: Logger): number {
  const isForPeople =
    error instanceof StartUpError || (error instanceof Error && error.name === 'ConfigError');
  const { code, message } = error as Error & { code?: string };
  if (isForPeople) process.stderr.write(`${message}\n`);
  else if (code === 'EADDRINUSE') process.stderr.write('The port is taken: choose another PORT.\n');
  else {
    log?.fatal({ err: error }, 'could not start');
    process.stderr.write(`Could not start: ${message}\n`);
  }
  return 1;
}
