import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { killAllChildren, stopAllChildren, stopChild, whenEnded } from './child-processes.ts';
import type { OnProgress } from './debian-packages.ts';
import { isPortFree, pickFreePort } from './ports.ts';
import { type PrivateDatabase, startPrivateDatabase } from './private-database.ts';
import { describeEnd, startReportingProcess } from './reporting-process.ts';
import { readOrMakeSecrets } from './secrets.ts';
import { openServiceLog } from './service-log.ts';
import { type Environment, readStackSettings, type StackSettings, withDefaults } from './stack-settings.ts';
import { buildStorefrontIfStale } from './storefront-build.ts';

export type StackOptions = {
  environment: Environment;
  onProgress: OnProgress;
  /** Restarts the service when its sources change, and leaves the storefront to Vite. */
  isForDevelopment?: boolean;
};

export type RunningStack = {
  url: string;
  settings: StackSettings;
  simulatorUrl: string | undefined;
  logPath: string | undefined;
  /** Settles with a line for people when a part ends that nobody asked to end. */
  whenBroken: Promise<string>;
};

const DATABASE_NAME = 'jwt_pizza';
// For a service that is asked to end before it has said how long that takes.
const SERVICE_END_MS = 17_000;
const END_SPARE_MS = 1_000;
// Whatever is stopped after the service.
const REST_END_MS = 2_000;
const HELPER_END_MS = 3_000;

/** The system on one machine: service, simulated factory and private database, started together and stopped in order. */
export class DemoStack {
  #service: ChildProcess | undefined;
  #simulator: ChildProcess | undefined;
  #database: PrivateDatabase | undefined;
  #stopping: Promise<boolean> | undefined;
  #serviceEndMs = SERVICE_END_MS;

  /** Starts whatever the settings do not name. Throws with a line for people; what has been started by then is for `stop` to end. */
  async start({ environment, onProgress, isForDevelopment = false }: StackOptions): Promise<RunningStack> {
    const settings = readStackSettings(environment);
    if (settings.warning !== undefined) onProgress(settings.warning);
    const port = await choosePort(settings);
    const [databaseUrl, simulator] = await allOrFirstFault([
      settings.needsDatabase ? this.#startDatabase(settings, onProgress) : Promise.resolve(undefined),
      settings.needsSimulator
        ? this.#startSimulator({ settings, environment, port, onProgress })
        : Promise.resolve(undefined),
      isForDevelopment ? Promise.resolve(false) : buildStorefrontIfStale({ onProgress }),
    ] as const);
    const log = settings.isDemo && !isForDevelopment ? openServiceLog(settings.dataDir) : undefined;
    const ready = await this.#startService({
      environment: serviceEnvironment({ settings, environment, port, databaseUrl, simulator }),
      nodeOptions: isForDevelopment ? ['--watch', '--watch-preserve-output'] : [],
      output: log?.descriptor ?? 'inherit',
    }).catch((error: Error) => {
      throw new Error(log === undefined ? error.message : `${error.message}; its log: ${log.path}`);
    });
    if (log !== undefined) closeSync(log.descriptor);
    this.#serviceEndMs = ready.endsWithinMs ?? SERVICE_END_MS;
    return {
      url: ready.url ?? `http://localhost:${port}`,
      settings,
      simulatorUrl: simulator?.url,
      logPath: log?.path,
      whenBroken: this.#watch(),
    };
  }

  /**
   * The service first, so that nothing it still does misses a part it needs; SIGINT, a person's Ctrl-C, lets it end without a drain.
   * Says whether all went in order; a forced end did not.
   */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<boolean> {
    this.#stopping ??= this.#stopInOrder(signal);
    return this.#stopping;
  }

  async #stopInOrder(signal?: 'SIGTERM' | 'SIGINT'): Promise<boolean> {
    let isForced = false;
    const serviceEndMs = this.#serviceEndMs + END_SPARE_MS;
    const timer = setTimeout(() => {
      isForced = true;
      killAllChildren();
    }, serviceEndMs + REST_END_MS);
    if (this.#service && !(await stopChild(this.#service, serviceEndMs, signal))) isForced = true;
    if (this.#simulator) await stopChild(this.#simulator, HELPER_END_MS);
    await this.#database?.stop();
    // What a start that was broken off has left running: an installation, a build.
    await stopAllChildren(HELPER_END_MS);
    clearTimeout(timer);
    return !isForced;
  }

  async #startDatabase({ dataDir }: StackSettings, onProgress: OnProgress): Promise<string> {
    this.#database = await startPrivateDatabase({
      dataFolder: join(dataDir, 'database'),
      durable: true,
      databaseName: DATABASE_NAME,
      onProgress,
    });
    return this.#database.url;
  }

  async #startSimulator({ settings, environment, port, onProgress }: SimulatorStart): Promise<Simulator> {
    const simulatorPort = await chooseSimulatorPort(settings, port, onProgress);
    const { FACTORY_API_KEY } = withDefaults(environment, readOrMakeSecrets(settings.dataDir));
    const ready = await startReportingProcess({
      name: 'the simulated factory',
      script: 'backend/factory-simulator/main.ts',
      environment: {
        ...process.env,
        FACTORY_SIMULATOR_PORT: String(simulatorPort),
        FACTORY_API_KEY,
        FACTORY_ISSUER: 'localhost',
        DATA_DIR: settings.dataDir,
      },
      output: 'ignore',
      onStarted: (child) => {
        this.#simulator = child;
      },
    });
    return { url: `http://localhost:${ready.port ?? simulatorPort}` };
  }

  #startService(
    options: Pick<Parameters<typeof startReportingProcess>[0], 'environment' | 'nodeOptions' | 'output'>,
  ) {
    return startReportingProcess({
      ...options,
      name: 'the service',
      script: 'backend/src/main.ts',
      onStarted: (child) => {
        this.#service = child;
      },
    });
  }

  #watch(): Promise<string> {
    const parts: [string, ChildProcess | undefined][] = [
      ['the service', this.#service],
      ['the simulated factory', this.#simulator],
      ['the private database', this.#database?.server],
    ];
    const ends = parts.flatMap(([name, child]) =>
      child ? [whenEnded(child).then(() => describeEnd(name, child.exitCode, child.signalCode))] : [],
    );
    return Promise.race(ends);
  }
}

type Simulator = { url: string };
type SimulatorStart = {
  settings: StackSettings;
  environment: Environment;
  port: number;
  onProgress: OnProgress;
};

async function choosePort({ port }: StackSettings): Promise<number> {
  if (port === 0) return pickFreePort();
  if (await isPortFree(port)) return port;
  throw new Error(
    `port ${port} is taken: stop what runs there, or choose another one, like PORT=${port + 10} npm start`,
  );
}

async function chooseSimulatorPort(
  settings: StackSettings,
  servicePort: number,
  onProgress: OnProgress,
): Promise<number> {
  const { simulatorPort, isSimulatorPortFixed } = settings;
  if (simulatorPort !== servicePort && (simulatorPort === 0 || (await isPortFree(simulatorPort))))
    return simulatorPort;
  if (isSimulatorPortFixed) {
    throw new Error(
      `port ${simulatorPort} of the simulated factory is taken: choose another FACTORY_SIMULATOR_PORT`,
    );
  }
  const free = await pickFreePort();
  onProgress(`port ${simulatorPort} is taken: the simulated factory uses ${free}`);
  return free;
}

type ServiceEnvironment = {
  settings: StackSettings;
  environment: Environment;
  port: number;
  databaseUrl: string | undefined;
  simulator: Simulator | undefined;
};

function serviceEnvironment({
  settings,
  environment,
  port,
  databaseUrl,
  simulator,
}: ServiceEnvironment): NodeJS.ProcessEnv {
  const { isDemo, dataDir } = settings;
  const { JWT_SECRET, PASSWORD_PEPPER, FACTORY_API_KEY } = isDemo ? readOrMakeSecrets(dataDir) : {};
  return {
    ...withDefaults(environment, {
      ...(isDemo ? { JWT_SECRET, PASSWORD_PEPPER } : {}),
      ...(simulator ? { FACTORY_URL: simulator.url, FACTORY_API_KEY, FACTORY_ISSUER: 'localhost' } : {}),
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      // Reading compiled code back halves the time the service needs to start.
      NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
    }),
    PORT: String(port),
    DATA_DIR: dataDir,
    DEMO: isDemo ? '1' : '',
    // A list that stands in .env would win over the simulator; the service takes an empty one for none.
    ...(simulator ? { FACTORIES: '' } : {}),
    FACTORY_SIMULATED: simulator ? '1' : (environment.FACTORY_SIMULATED ?? ''),
  };
}

/** Waits for all of them even when one fails, so that none is still starting while the others are being stopped. */
async function allOrFirstFault<T extends readonly Promise<unknown>[]>(
  parts: T,
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(parts);
  const fault = results.find((result) => result.status === 'rejected');
  if (fault) throw fault.reason;
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as {
    [K in keyof T]: Awaited<T[K]>;
  };
}
