import { compose } from './compose.ts';
import { isMigrated } from './database/migrate.ts';
import { runUntilStopped } from './long-process.ts';
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
  await service.heartbeat.start();
  await service.fulfillment.prepare();
  const { host, metricsPort } = config;
  const server =
    metricsPort === undefined ? undefined : await serve(service.signalApp, { port: metricsPort, host });
  service.worker.start();

  runUntilStopped({
    log,
    endLog,
    endTracing,
    beginLeaving: service.beginLeaving,
    // Nobody sends it anything.
    drainMs: 0,
    forcedEndMs: FORCED_END_MS,
    async stop() {
      service.beginShutdown();
      await server?.close();
      await service.close();
    },
    ready: {
      message: 'worker ready',
      facts: { version: config.version, ...(server && { port: server.port }) },
    },
  });
}

run().catch((error: unknown) => process.exit(explainFailure(error)));
