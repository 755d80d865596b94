import type { ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stopChild } from '../../backend/local-stack/child-processes.ts';
import { projectRoot } from '../../backend/local-stack/project-root.ts';
import { startReportingProcess } from '../../backend/local-stack/reporting-process.ts';
import { makeScratchFolder } from '../../backend/local-stack/scratch-folder.ts';

// Settings of whoever runs the tests must not reach the stack under test: only what a process needs to run at all is handed on.
const HANDED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'NODE_EXTRA_CA_CERTS'];

export interface StorefrontStack {
  databaseUrl: string | undefined;
  url: string;
  simulatorUrl: string;
  stop(): Promise<void>;
}

interface StackParts {
  databaseUrl?: string | undefined;
  /** Another site whose pages may call the API. */
  allowedOrigin?: string;
}

function stackEnvironment(dataDir: string, { databaseUrl, allowedOrigin }: StackParts): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(
      HANDED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    ),
    PORT: '0',
    FACTORY_SIMULATOR_PORT: '0',
    DATA_DIR: dataDir,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...(allowedOrigin === undefined ? {} : { ALLOWED_ORIGINS: allowedOrigin }),
    DEMO: '1',
    // The same for all: two stacks on one database are nodes of one service.
    JWT_SECRET: 'the session secret of the browser tests',
    PASSWORD_PEPPER: 'the password pepper of the browser tests',
    // Hashing has tests of its own; the cheapest cost is as good as the dearest for a page.
    BCRYPT_COST: '4',
    // The limits have tests of their own; here they would only meet a browser that is faster than people.
    LOGIN_LIMIT_PER_MINUTE: '0',
    ORDER_LIMIT_PER_HOUR: '0',
    OPEN_ORDER_LIMIT: '0',
  };
}

// Why a test failed often stands in the service's log, which would go with its data.
function keepLog(path: string, name: string): void {
  const results = join(projectRoot, 'test-results');
  if (!existsSync(path)) return;
  mkdirSync(results, { recursive: true });
  copyFileSync(path, join(results, `service-${name}.log`));
}

/** Starts the real system as `npm start` does, on ports and data of its own and the given database; `name` tells its log from others. */
export async function startStorefrontStack(name: string, parts: StackParts = {}): Promise<StorefrontStack> {
  const data = makeScratchFolder('e2e');
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (child) await stopChild(child);
    keepLog(join(data.path, 'logs/service.log'), name);
    data.remove();
  };
  try {
    const ready = await startReportingProcess({
      name: 'the stack under test',
      script: 'scripts/start.ts',
      environment: stackEnvironment(data.path, parts),
      output: 'ignore',
      onStarted: (started) => {
        child = started;
      },
    });
    if (!ready.url || !ready.simulatorUrl) throw new Error('the stack under test does not say where it is');
    return {
      databaseUrl: parts.databaseUrl,
      url: ready.url,
      simulatorUrl: ready.simulatorUrl,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
