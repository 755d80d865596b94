import type { ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stopChild } from '../../backend/local-stack/child-processes.ts';
import { pickFreePort } from '../../backend/local-stack/ports.ts';
import { projectRoot } from '../../backend/local-stack/project-root.ts';
import { startReportingProcess } from '../../backend/local-stack/reporting-process.ts';
import { makeScratchFolder } from '../../backend/local-stack/scratch-folder.ts';
import { makeTestDatabase } from '../../backend/local-stack/testing/test-database-on-server.ts';

// Settings of whoever runs the tests must not reach the stack under test: only what a process needs to run at all is handed on.
const HANDED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'NODE_EXTRA_CA_CERTS'];

function stackEnvironment(
  dataDir: string,
  simulatorPort: number,
  databaseUrl: string | undefined,
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(
      HANDED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    ),
    PORT: process.env.STOREFRONT_PORT,
    FACTORY_SIMULATOR_PORT: String(simulatorPort),
    DATA_DIR: dataDir,
    DEMO: '1',
    // The limits have tests of their own; here they would only meet a browser that is faster than people.
    LOGIN_LIMIT_PER_MINUTE: '0',
    ORDER_LIMIT_PER_HOUR: '0',
    OPEN_ORDER_LIMIT: '0',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
}

// Why a test failed often stands in the service's log, which would go with its data.
function keepLog(path: string): void {
  const results = join(projectRoot, 'test-results');
  if (!existsSync(path)) return;
  mkdirSync(results, { recursive: true });
  copyFileSync(path, join(results, 'service.log'));
}

/** Starts the real system as `npm start` does, on ports and data of its own, and answers what ends it. */
// biome-ignore lint/style/noDefaultExport: Playwright calls the default export of its global setup.
export default async function startStorefrontStack(): Promise<() => Promise<void>> {
  const data = makeScratchFolder('e2e');
  const database = await makeTestDatabase();
  const simulatorPort = await pickFreePort();
  let stack: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (stack) await stopChild(stack);
    await database?.remove();
    keepLog(join(data.path, 'logs/service.log'));
    data.remove();
  };
  try {
    await startReportingProcess({
      name: 'the stack under test',
      script: 'scripts/start.ts',
      environment: stackEnvironment(data.path, simulatorPort, database?.url),
      output: 'ignore',
      onStarted: (child) => {
        stack = child;
      },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  // Known to tests that have to break the factory.
  process.env.SIMULATOR_URL = `http://localhost:${simulatorPort}`;
  return stop;
}
