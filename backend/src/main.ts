import { compose } from './compose.ts';
import { fillEmptyDemo } from './demo/fill-demo.ts';
import { findPublishedAccounts } from './demo/published-accounts.ts';
import { ensureFirstAdmin } from './features/users/first-admin.ts';
import { runUntilStopped } from './long-process.ts';
import { startTracing } from './observability/tracing.ts';
import { serve } from './serve.ts';
import { processNumber, shareMetrics, startProcesses } from './several-processes.ts';
import { explainFailure, findStorefront, migrateOrExplain, readSettings, StartUpError } from './start-up.ts';

const LOOK_EVERY_MS = 10 * 60 * 1000;
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
  await migrateOrExplain(service.databases.unlimited, config, log);
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
  await service.heartbeat.start();
  await service.fulfillment.prepare();
  await ensureFirstAdmin({ ...service, log }, config.firstAdmin);
  const server = await serve(service.app, config);
  service.worker.start();
  service.retention.start();
  let looking: Promise<void> = Promise.resolve();
  const look = (): void => {
    looking = service
      .lookAtInvariants()
      .catch((error: unknown) => log.warn({ cause: String(error) }, 'the invariants could not be checked'));
  };
  look();
  const looks = setInterval(look, LOOK_EVERY_MS);

  runUntilStopped({
    log,
    endLog,
    endTracing,
    beginLeaving() {
      service.beginLeaving();
      server.beginLeaving();
    },
    drainMs: config.drainMs,
    forcedEndMs: FORCED_END_MS,
    // Order matters: say we are leaving, answer who waits, take nothing new, let calls end, then let go of the database.
    async stop() {
      service.beginShutdown();
      clearInterval(looks);
      await server.close();
      await looking;
      await service.close();
    },
    ready: {
      message: 'ready',
      facts: { port: server.port, version: config.version, pid: process.pid },
    },
    url: config.publicUrl,
  });
}

/** Starts several of this very process, and does nothing else than keep them going. */
async function supervise({ config, log, endLog }: Settings): Promise<void> {
  const started = startProcesses({ count: config.workers, log });
  const stop = async (signal: 'SIGTERM' | 'SIGINT'): Promise<void> => {
    const processes = await started;
    const code = typeof processes === 'number' ? processes : await processes.stop(signal);
    await endLog();
    process.exit(code);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  // A second signal may come while they drain: it is theirs as well.
  for (const signal of ['SIGINT', 'disconnect'] as const) process.on(signal, () => void stop('SIGINT'));
  const processes = await started;
  if (typeof processes === 'number') return stop('SIGTERM');
  log.info({ processes: config.workers }, 'all processes are ready');
  process.send?.({
    type: 'ready',
    url: config.publicUrl,
    endsWithinMs: config.drainMs + FORCED_END_MS,
  });
}

async function main(): Promise<void> {
  const settings = readSettings(process.env, 'service');
  const isSupervisor = settings.config.workers > 1 && processNumber(process.env) === undefined;
  await (isSupervisor ? supervise(settings) : run(settings));
}

main().catch((error: unknown) => process.exit(explainFailure(error)));
