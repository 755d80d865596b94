import { compose } from './compose.ts';
import { isMigrated } from './database/migrate.ts';
import { startTracing } from './observability/tracing.ts';
import { serve } from './serve.ts';
import { explainFailure, readSettings, StartUpError } from './start-up.ts';

// Running calls get 10 s; whatever hangs after that must not keep the process alive.
const FORCED_END_MS = 12_000;

/** Makes orders move, without serving anybody but those who watch it: one more of these lets more calls to the factories run at once. */
async function run(): Promise<void> {
  const { config, log, endLog } = readSettings(process.env, 'worker');
  const endTracing = await startTracing({ config, log, longProcess: 'worker' });
  const service = compose({ config, log });
  if (!(await isMigrated(service.db)))
    throw new StartUpError('The schema is not up to date: npm run migrate');
  await service.kitchen.prepare();
  const { host, metricsPort } = config;
  const server =
    metricsPort === undefined ? undefined : await serve(service.signalApp, { port: metricsPort, host });
  service.worker.start();

  let isStopping = false;
  const stop = async (cause: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    log.info({ cause }, 'stopping');
    const forcedEnd = setTimeout(() => process.exit(1), FORCED_END_MS);
    service.beginShutdown();
    await server?.close();
    await service.close();
    clearTimeout(forcedEnd);
    await endTracing();
    log.info('stopped');
    await endLog();
    process.exit(0);
  };
  const stopOr = (cause: string) => () => {
    stop(cause).catch(() => process.exit(1));
  };
  process.on('SIGTERM', stopOr('SIGTERM'));
  process.on('SIGINT', stopOr('SIGINT'));
  if (process.send) process.on('disconnect', stopOr('the parent process is gone'));
  // Last of all: whoever was told may ask it to end at once.
  log.info({ version: config.version, ...(server && { port: server.port }) }, 'worker ready');
  process.send?.({ type: 'ready' });
}

run().catch((error: unknown) => process.exit(explainFailure(error)));
