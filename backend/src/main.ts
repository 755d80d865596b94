import { compose } from './compose.ts';
import { fillEmptyDemo } from './demo/fill-demo.ts';
import { findPublishedAccounts } from './demo/published-accounts.ts';
import { ensureFirstAdmin } from './features/users/first-admin.ts';
import { startTracing } from './observability/tracing.ts';
import { serve } from './serve.ts';
import { processNumber, shareMetrics, startProcesses } from './several-processes.ts';
import { explainFailure, findStorefront, migrateOrExplain, readSettings, StartUpError } from './start-up.ts';

const HOUSEKEEPING_MS = 10 * 60 * 1000;
// Running calls get 10 s and open answers 5 s; whatever hangs after that must not keep the process alive.
const FORCED_END_MS = 17_000;

type Settings = ReturnType<typeof readSettings>;

/** Serves, and makes orders move: alone, or as one of several on one port. */
async function run({ config, log, endLog }: Settings): Promise<void> {
  const endTracing = await startTracing({ config, log, longProcess: 'service' });
  const storefrontFolder = findStorefront();
  const number = processNumber(process.env);
  const service = compose({
    config,
    log,
    ...(storefrontFolder && { storefrontFolder }),
    ...(number !== undefined && { shareMetrics: (registry) => shareMetrics(registry, number) }),
  });
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
  let keeping: Promise<unknown> = Promise.resolve();
  const keepHouse = (): void => {
    keeping = Promise.all([
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
    await keeping;
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
  log.info({ port: server.port, version: config.version, pid: process.pid }, 'ready');
  process.send?.({ type: 'ready', url: config.publicUrl });
}

/** Starts several of this very process, and does nothing else than keep them going. */
async function supervise({ config, log, endLog }: Settings): Promise<void> {
  let isStopping = false;
  const started = startProcesses({ count: config.workers, log });
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const processes = await started;
    const code = typeof processes === 'number' ? processes : await processes.stop();
    await endLog();
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop());
  const processes = await started;
  if (typeof processes === 'number') return stop();
  log.info({ processes: config.workers }, 'all processes are ready');
  process.send?.({ type: 'ready', url: config.publicUrl });
}

async function main(): Promise<void> {
  const settings = readSettings(process.env, 'service');
  const isSupervisor = settings.config.workers > 1 && processNumber(process.env) === undefined;
  await (isSupervisor ? supervise(settings) : run(settings));
}

main().catch((error: unknown) => process.exit(explainFailure(error)));
