import { readIssueText } from '#contract/field-errors.ts';
import { type Environment, environmentSchema, type RecoverySetting } from './config-environment.ts';
import { type KeepTimes, readKeepTimes } from './config-retention.ts';

/** What production cannot start without, and what the demo makes or starts by itself. */
const REQUIRED = ['DATABASE_URL', 'JWT_SECRET', 'PASSWORD_PEPPER'] as const;
/** The demo marks the secrets it generates, so that production can refuse them (S20). */
const DEMO_SECRET_PREFIX = 'demo-';
// A balancer asks every few seconds and believes the second or third refusal; nobody stands before a demo.
const PRODUCTION_DRAIN_SECONDS = 10;
const MIN_PRODUCTION_COST = 10;
const MIN_PRODUCTION_PASSWORD = 8;

export interface FactorySettings {
  origin: string;
  apiKey: string;
  jwksUrl: string;
  issuer: string | undefined;
  /** Host names its report URLs may name beside its own. */
  reportHosts: readonly string[];
}

export interface Config {
  readonly isDemo: boolean;
  readonly version: string;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
  readonly trustProxyHops: number;
  /** How long a process that was asked to end serves on, so that a balancer leaves first. */
  readonly drainMs: number;
  /** Processes that serve the port together. */
  readonly workers: number;
  readonly databaseUrl: string;
  readonly sessionSecret: string;
  readonly passwordPepper: string;
  readonly passwordMinLength: number;
  readonly bcryptCost: number;
  /** 0 is no limit, for each of these three. */
  readonly logInLimitPerMinute: number;
  readonly orderLimitPerHour: number;
  readonly openOrderLimit: number;
  readonly keep: KeepTimes;
  /** Makes the first admin of an empty database. */
  readonly firstAdmin: { email: string; password: string } | undefined;
  readonly factories: readonly FactorySettings[];
  readonly isFactorySimulated: boolean;
  readonly recovery: RecoverySetting;
  /** 0 switches the probe off. */
  readonly probeEveryMs: number;
  readonly orderSyncBudgetMs: number;
  /** Where `npm run worker` tells how it is; undefined: nowhere. */
  readonly metricsPort: number | undefined;
  readonly metricsToken: string | undefined;
  readonly logLevel: Environment['LOG_LEVEL'];
  /** May hold a password: never to be printed. */
  readonly lokiUrl: string | undefined;
  /** Where traces go; its endpoint may hold a password, too. */
  readonly traces:
    | { readonly endpoint: string; readonly serviceName: string; readonly exportEveryMs: number }
    | undefined;
}

/** Every fault of the settings at once, one a line. */
export class ConfigError extends Error {
  constructor(faults: string[]) {
    super(`The settings are not complete:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Takes the environment; answers the frozen settings. Throws ConfigError with every fault in it. */
export function readConfig(environment: Record<string, string | undefined>, version: string): Config {
  // An empty variable is how compose files and shells spell "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  const missing = findMissing(given);
  if (!parsed.success) {
    const malformed = parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}: ${readIssueText('', issue.message).message}`,
    );
    throw new ConfigError([...malformed, ...missing]);
  }
  const settings = parsed.data;
  const faults = [...missing, ...findLeniency(settings)];
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({
    isDemo: settings.DEMO,
    version,
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    allowedOrigins: settings.ALLOWED_ORIGINS,
    trustProxyHops: settings.TRUST_PROXY,
    drainMs: (settings.DRAIN_SECONDS ?? (settings.DEMO ? 0 : PRODUCTION_DRAIN_SECONDS)) * 1000,
    workers: settings.WORKERS,
    databaseUrl: settings.DATABASE_URL ?? '',
    sessionSecret: settings.JWT_SECRET ?? '',
    passwordPepper: settings.PASSWORD_PEPPER ?? '',
    passwordMinLength: settings.PASSWORD_MIN_LENGTH,
    bcryptCost: settings.BCRYPT_COST,
    logInLimitPerMinute: settings.LOGIN_LIMIT_PER_MINUTE,
    orderLimitPerHour: settings.ORDER_LIMIT_PER_HOUR,
    openOrderLimit: settings.OPEN_ORDER_LIMIT,
    keep: readKeepTimes(settings),
    firstAdmin:
      settings.ADMIN_EMAIL && settings.ADMIN_PASSWORD
        ? { email: settings.ADMIN_EMAIL, password: settings.ADMIN_PASSWORD }
        : undefined,
    factories: readFactories(settings),
    isFactorySimulated: settings.FACTORY_SIMULATED,
    recovery: settings.FACTORY_RECOVERY,
    probeEveryMs: settings.FACTORY_PROBE_SECONDS * 1000,
    orderSyncBudgetMs: settings.ORDER_SYNC_BUDGET_SECONDS * 1000,
    metricsPort: settings.METRICS_PORT,
    metricsToken: settings.METRICS_TOKEN,
    logLevel: settings.LOG_LEVEL,
    lokiUrl: settings.LOKI_URL,
    traces: settings.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
          serviceName: settings.OTEL_SERVICE_NAME,
          exportEveryMs: settings.OTEL_BSP_SCHEDULE_DELAY,
        }
      : undefined,
  });
}

function findMissing(given: Record<string, string | undefined>): string[] {
  const faults = REQUIRED.filter((name) => given[name] === undefined).map((name) => `${name}: is required`);
  if (given.FACTORIES === undefined) {
    if (given.FACTORY_URL === undefined) faults.push('FACTORY_URL (or FACTORIES): is required');
    if (given.FACTORY_API_KEY === undefined) faults.push('FACTORY_API_KEY (or FACTORIES): is required');
  }
  return faults;
}

/** What only the demo may do. */
function findLeniency(settings: Environment): string[] {
  const faults: string[] = [];
  if (!settings.DEMO) {
    for (const name of ['JWT_SECRET', 'PASSWORD_PEPPER'] as const) {
      if (settings[name]?.startsWith(DEMO_SECRET_PREFIX)) faults.push(`${name}: is a secret of the demo`);
    }

    if (settings.BCRYPT_COST < MIN_PRODUCTION_COST)
      faults.push(`BCRYPT_COST: must be at least ${MIN_PRODUCTION_COST} outside the demo`);
    if (settings.PASSWORD_MIN_LENGTH < MIN_PRODUCTION_PASSWORD) {
      faults.push(`PASSWORD_MIN_LENGTH: must be at least ${MIN_PRODUCTION_PASSWORD} outside the demo`);
    }
    if (settings.FACTORY_SIMULATED) faults.push('FACTORY_SIMULATED: is for the demo only');
  }
  return faults;
}

function readFactories(settings: Environment): FactorySettings[] {
  const listed = settings.FACTORIES ?? [
    {
      origin: settings.FACTORY_URL ?? '',
      apiKey: settings.FACTORY_API_KEY ?? '',
      jwks: undefined,
      issuer: settings.FACTORY_ISSUER,
    },
  ];
  return listed.map((factory) => ({
    origin: factory.origin,
    apiKey: factory.apiKey,
    jwksUrl: factory.jwks ?? `${factory.origin}/.well-known/jwks.json`,
    issuer: factory.issuer,
    reportHosts: settings.FACTORY_REPORT_HOSTS,
  }));
}
