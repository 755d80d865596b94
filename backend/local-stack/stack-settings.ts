import { resolve } from 'node:path';
import { projectRoot } from './project-root.ts';

export type Environment = Record<string, string | undefined>;

export type StackSettings = {
  /** 0 when any free port will do. */
  port: number;
  dataDir: string;
  isDemo: boolean;
  needsDatabase: boolean;
  needsSimulator: boolean;
  simulatorPort: number;
  /** A port that somebody asked for is not exchanged for another one. */
  isSimulatorPortFixed: boolean;
  warning: string | undefined;
};

const DEFAULT_PORT = 3000;
const DEFAULT_SIMULATOR_PORT = 3001;
const HIGHEST_PORT = 65_535;

const isGiven = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

function readPort(name: string, value: string | undefined, fallback: number): number {
  if (!isGiven(value)) return fallback;
  const port = Number(value);
  if (/^\d+$/.test(value.trim()) && port <= HIGHEST_PORT) return port;
  throw new Error(`${name}=${value} is not a port number (0 to ${HIGHEST_PORT})`);
}

/**
 * What has to be started beside the service. With no real part named it is the demo; with one named and no DEMO=1 it is production,
 * where nothing is made up: the service itself says what is missing. Throws in one line on a port that is none.
 */
export function readStackSettings(environment: Environment): StackSettings {
  const realSettings = ['DATABASE_URL', 'FACTORY_URL', 'FACTORIES', 'JWT_SECRET'].filter((name) =>
    isGiven(environment[name]),
  );
  const demo = environment.DEMO?.trim().toLowerCase();
  const isDemo = isGiven(demo) ? ['1', 'true', 'yes', 'on'].includes(demo) : realSettings.length === 0;
  return {
    port: readPort('PORT', environment.PORT, DEFAULT_PORT),
    dataDir: resolve(projectRoot, isGiven(environment.DATA_DIR) ? environment.DATA_DIR : '.data'),
    isDemo,
    needsDatabase: isDemo && !isGiven(environment.DATABASE_URL),
    needsSimulator: isDemo && !isGiven(environment.FACTORY_URL) && !isGiven(environment.FACTORIES),
    simulatorPort: readPort(
      'FACTORY_SIMULATOR_PORT',
      environment.FACTORY_SIMULATOR_PORT,
      DEFAULT_SIMULATOR_PORT,
    ),
    isSimulatorPortFixed: isGiven(environment.FACTORY_SIMULATOR_PORT),
    warning:
      isDemo && realSettings.length > 0
        ? `warning: DEMO=1 together with ${realSettings.join(', ')}: everybody knows the passwords of the demo's accounts`
        : undefined,
  };
}

/** Fills in what nobody has set; what is set, even in production, is passed on as it is. */
export function withDefaults(environment: Environment, defaults: Environment): NodeJS.ProcessEnv {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => isGiven(value)));
  return { ...defaults, ...given };
}
