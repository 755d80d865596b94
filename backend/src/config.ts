import { readIssueText } from '#contract/field-errors.ts';
import { type Environment, environmentSchema, type RecoverySetting } from './config-environment.ts';
import { findProductionFaults } from './config-production.ts';
import { type KeepTimes, readKeepTimes } from './config-retention.ts';

/** What production cannot start without, and what the demo makes or starts by itself. */
const REQUIRED = ['DATABASE_URL', 'JWT_SECRET', 'PASSWORD_PEPPER'] as const;
// Whether cookies are secure and browsers stay with https follows from it: a default would be a guess.
const REQUIRED_IN_PRODUCTION = ['PUBLIC_URL'] as const;
// A balancer asks every few seconds and believes the second or third refusal; nobody stands before a demo.
const PRODUCTION_DRAIN_SECONDS = 10;

type Given = Record<string, string | undefined>;

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
  /** Newest first, as are the peppers: the first is used, all are accepted. */
  readonly sessionSecrets: readonly string[];
  readonly passwordPeppers: readonly string[];
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
  /** Each of them opens the metrics. */
  readonly metricsTokens: readonly string[];
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
export function readConfig(environment: Given, version: string): Config {
  // An empty variable is how compose files and shells spell "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { settings, malformed } = parse(given);
  const faults = [...malformed, ...findMissing(given, settings), ...findProductionFaults(settings)];
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
    sessionSecrets: settings.JWT_SECRET ?? [],
    passwordPeppers: settings.PASSWORD_PEPPER ?? [],
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
    metricsTokens: settings.METRICS_TOKEN ?? [],
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

/** What is malformed is left out of the settings, so that the rest is judged in the same list. */
function parse(given: Given): { settings: Environment; malformed: string[] } {
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return { settings: parsed.data, malformed: [] };
  const { issues } = parsed.error;
  const names = new Set(issues.map(({ path }) => path[0]));
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)));
  return {
    settings: environmentSchema.parse(rest),
    malformed: issues.map(({ path, message }) => `${path.join('.')}: ${readIssueText('', message).message}`),
  };
}

function findMissing(given: Given, { DEMO }: Environment): string[] {
  const required = DEMO ? REQUIRED : [...REQUIRED, ...REQUIRED_IN_PRODUCTION];
  const faults = required.filter((name) => given[name] === undefined).map((name) => `${name}: is required`);
  if (given.FACTORIES === undefined) {
    if (given.FACTORY_URL === undefined) faults.push('FACTORY_URL (or FACTORIES): is required');
    if (given.FACTORY_API_KEY === undefined) faults.push('FACTORY_API_KEY (or FACTORIES): is required');
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
