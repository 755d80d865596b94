import { compose } from './compose.ts';
import { fillEmptyDemo } from './demo/fill-demo.ts';
import { findPublishedAccounts } from './demo/published-accounts.ts';
import { ensureFirstAdmin } from './features/users/first-admin.ts';
import { startTracing } from './observability/tracing.ts';
import { serve } from './serve.ts';
import { explainFailure, findStorefront, migrateOrExplain, readSettings, StartUpError } from './start-up.ts';

const HOUSEKEEPING_MS = 10 * 60 * 1000;
// Running calls get 10 s and open answers 5 s; whatever hangs after that must not keep the process alive.
const FORCED_END_MS = 17_000;

async function run(): Promise<void> {
  const { config, log, endLog } = readSettings(process.env, 'service');
  const endTracing = await startTracing({ config, log, longProcess: 'service' });
  const storefrontFolder = findStorefront();
  const service = compose({ config, log, ...(storefrontFolder && { storefrontFolder }) });
  await migrateOrExplain(service.db, config, log);
  if (config.isDemo) {
    log.warn('demo: everybody knows the passwords of its accounts');
    await fillEmptyDemo(service);
  } else {
    const published = await findPublishedAccounts(service);
    if (published.length > 0) {
      throw new StartUpError(
        `Everybody knows the passwords of these accounts: ${published.join(', ')}. Change or delete them first.`,
      );
    }
  }
  await service.kitchen.prepare();
  await ensureFirstAdmin(service, config.firstAdmin);
  const server = await serve(service.app, config);
  service.worker.start();
  const keepHouse = (): void => {
    Promise.all([
      service.auth.forgetWhatIsOver(),
      service.kitchen.reportLinks.forgetExpired(),
      service.lookAtInvariants(),
    ]).catch((error: unknown) => log.warn({ cause: String(error) }, 'housekeeping failed'));
  };
  keepHouse();
  const housekeeping = setInterval(keepHouse, HOUSEKEEPING_MS);

  let isStopping = false;
  const stop = async (cause: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    log.info({ cause }, 'stopping');
    const forcedEnd = setTimeout(() => process.exit(1), FORCED_END_MS);
    // Order matters: say we are leaving, answer who waits, take nothing new, let calls end, then let go of the database.
    service.beginShutdown();
    clearInterval(housekeeping);
    await server.close();
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
  // Whoever started this process and was told that it is ready is gone: nobody would ever stop it.
  if (process.send) process.on('disconnect', stopOr('the parent process is gone'));
  // Last of all: whoever was told may ask it to end at once.
  log.info({ port: server.port, version: config.version }, 'ready');
  process.send?.({ type: 'ready', url: config.publicUrl });
}

run().catch((error: unknown) => process.exit(explainFailure(error)));
