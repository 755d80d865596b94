import { describe, expect, it } from '@jest/globals';
import { type Config, ConfigError, readConfig } from './config.ts';

const SECRET = 'a-secret-that-nobody-should-ever-see-printed';
const PRODUCTION = {
  DATABASE_URL: 'mysql://pizza:hunter2@db.example.com:3306/pizza',
  JWT_SECRET: SECRET,
  PASSWORD_PEPPER: `${SECRET}-2`,
  PUBLIC_URL: 'https://pizza.example.com',
  FACTORY_URL: 'https://factory.example.com',
  FACTORY_API_KEY: 'factory-key-a1b2',
};
const LENIENT = { BCRYPT_COST: '4', PASSWORD_MIN_LENGTH: '4', FACTORY_SIMULATED: '1' };

function read(environment: Record<string, string | undefined>): Config {
  return readConfig(environment, '1.2.3');
}

function faultsOf(environment: Record<string, string | undefined>): string[] {
  try {
    read(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

const namesOf = (faults: string[]): (string | undefined)[] =>
  faults.map((fault) => fault.split(/[:. (]/)[0]).sort();

describe('the settings of production', () => {
  it('with what is required and nothing else are the strict ones', () => {
    const config = read(PRODUCTION);
    expect(config).toMatchObject({
      isDemo: false,
      version: '1.2.3',
      port: 3000,
      publicUrl: 'https://pizza.example.com',
      allowedOrigins: [],
      trustProxyHops: 0,
      passwordMinLength: 8,
      bcryptCost: 12,
      isFactorySimulated: false,
      orderSyncBudgetMs: 40_000,
      recovery: 'act',
      probeEveryMs: 5_000,
      drainMs: 10_000,
      logLevel: 'info',
    });
    expect(config.factories).toEqual([
      {
        origin: 'https://factory.example.com',
        reportHosts: [],
        apiKey: 'factory-key-a1b2',
        jwksUrl: 'https://factory.example.com/.well-known/jwks.json',
        issuer: undefined,
      },
    ]);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('S20: without anything name everything that is required', () => {
    expect(namesOf(faultsOf({}))).toEqual([
      'DATABASE_URL',
      'FACTORY_API_KEY',
      'FACTORY_URL',
      'JWT_SECRET',
      'PASSWORD_PEPPER',
      'PUBLIC_URL',
    ]);
  });

  it('name every fault at once: what is malformed and what is missing', () => {
    const faults = faultsOf({
      ...PRODUCTION,
      PORT: 'http',
      LOG_LEVEL: 'loud',
      JWT_SECRET: undefined,
      FACTORY_API_KEY: '',
    });
    expect(namesOf(faults)).toEqual(['FACTORY_API_KEY', 'JWT_SECRET', 'LOG_LEVEL', 'PORT']);
  });

  it('S46: name what only production refuses in the same list as what is malformed and what is missing', () => {
    const faults = faultsOf({
      PORT: 'http',
      DATABASE_URL: PRODUCTION.DATABASE_URL,
      JWT_SECRET: SECRET,
      PASSWORD_PEPPER: SECRET,
      FACTORY_URL: 'http://factory.example.com',
      BCRYPT_COST: '4',
    });
    expect(namesOf(faults)).toEqual(
      ['PORT', 'FACTORY_API_KEY', 'PUBLIC_URL', 'PASSWORD_PEPPER', 'FACTORY_URL', 'BCRYPT_COST'].sort(),
    );
  });

  const twice = [`${SECRET}-new,${SECRET}-old`, `${SECRET}-newer,${SECRET}-old`];
  it.each([
    ['a pepper that is a session secret', { PASSWORD_PEPPER: SECRET }, 'PASSWORD_PEPPER'],
    ['one that both lists hold', { JWT_SECRET: twice[0], PASSWORD_PEPPER: twice[1] }, 'PASSWORD_PEPPER'],
    ['an old secret of the demo', { JWT_SECRET: `${SECRET},demo-${SECRET}` }, 'JWT_SECRET'],
    ['an old secret that is too short', { JWT_SECRET: `${SECRET},short` }, 'JWT_SECRET'],
    ['a secret of commas', { JWT_SECRET: ',,' }, 'JWT_SECRET'],
    ['more secrets than three', { JWT_SECRET: [1, 2, 3, 4].map((n) => SECRET + n).join() }, 'JWT_SECRET'],
    ['a factory over plain http', { FACTORY_URL: 'http://10.0.0.7:3001' }, 'FACTORY_URL'],
    [
      'one whose name begins like this machine',
      { FACTORY_URL: 'http://127.0.0.1.example.com' },
      'FACTORY_URL',
    ],
    [
      'keys over plain http',
      { FACTORIES: '[{"origin":"https://a.example.com","apiKey":"a","jwks":"http://a.example.com/keys"}]' },
      'FACTORIES',
    ],
  ])('S46: refuse %s', (_what, changes, name) => {
    expect(namesOf(faultsOf({ ...PRODUCTION, ...changes }))).toEqual([name]);
  });

  it.each(['http://127.0.0.1:3001', 'http://localhost:3001', 'http://[::1]:3001', 'http://127.8.8.8'])(
    'S46: take %s, a factory on this machine',
    (url) => expect(faultsOf({ ...PRODUCTION, FACTORY_URL: url })).toEqual([]),
  );

  it('S46: take lists of secrets, newest first', () => {
    const config = read({
      ...PRODUCTION,
      JWT_SECRET: `${SECRET}-new, ${SECRET}-old`,
      PASSWORD_PEPPER: `${SECRET}-2`,
      METRICS_TOKEN: 'a-new-token-of-metrics,an-old-token-of-metrics',
    });
    expect(config).toMatchObject({
      sessionSecrets: [`${SECRET}-new`, `${SECRET}-old`],
      passwordPeppers: [`${SECRET}-2`],
      metricsTokens: ['a-new-token-of-metrics', 'an-old-token-of-metrics'],
    });
  });

  it('S49: keep what grows for so long unless told otherwise, and never less than somebody needs it', () => {
    const days = (count: number): number => count * 86_400_000;
    expect(read(PRODUCTION).keep).toEqual({
      expiredMs: 0,
      orderHistoryMs: days(180),
      factoryAttemptsMs: days(90),
      idempotencyKeysMs: days(30),
      incidentsMs: days(400),
      auditMs: days(400),
    });
    const tooShort = { KEEP_ORDER_HISTORY_DAYS: '30', KEEP_IDEMPOTENCY_KEYS_DAYS: '0', KEEP_AUDIT_DAYS: '1' };
    expect(namesOf(faultsOf({ ...PRODUCTION, ...tooShort }))).toEqual(Object.keys(tooShort).sort());
  });

  it.each(Object.keys(PRODUCTION))('S20: without %s are refused, whether it is absent or empty', (name) => {
    expect(namesOf(faultsOf({ ...PRODUCTION, [name]: undefined }))).toEqual([name]);
    expect(namesOf(faultsOf({ ...PRODUCTION, [name]: '' }))).toEqual([name]);
  });

  it.each(Object.entries(LENIENT))('S20: refuse %s=%s, which the demo allows', (name, value) => {
    expect(namesOf(faultsOf({ ...PRODUCTION, [name]: value }))).toEqual([name]);
    expect(faultsOf({ ...PRODUCTION, DEMO: '1', [name]: value })).toEqual([]);
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '30.5'],
    ['DATABASE_URL', 'postgres://a:b@host/name'],
    ['DATABASE_URL', 'host:3306'],
    ['JWT_SECRET', 'x'.repeat(31)],
    ['PASSWORD_PEPPER', 'short'],
    ['FACTORY_URL', 'factory.example.com'],
    ['FACTORY_URL', 'ftp://factory.example.com'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['ALLOWED_ORIGINS', 'https://ok.example.com,*'],
    ['BCRYPT_COST', '16'],
    ['BCRYPT_COST', 'twelve'],
    ['PASSWORD_MIN_LENGTH', '0'],
    ['TRUST_PROXY', 'yes'],
    ['DEMO', 'maybe'],
    ['ORDER_SYNC_BUDGET_SECONDS', '0'],
    ['DRAIN_SECONDS', '-1'],
    ['DRAIN_SECONDS', '301'],
    ['LOG_LEVEL', 'loud'],
    ['LOKI_URL', 'loki:3100'],
    ['LOKI_URL', 'http://loki:hunter2%zz@loki:3100'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://collector:4317'],
    ['FACTORIES', '{'],
    ['FACTORIES', '[]'],
    ['FACTORIES', '[{"origin":"https://a.example.com"}]'],
  ])('refuse %s=%s by its name', (name, value) => {
    expect(namesOf(faultsOf({ ...PRODUCTION, [name]: value }))).toEqual([name]);
  });

  it('drain for 10 s unless told otherwise, and the demo, which no balancer stands before, not at all', () => {
    const drainOf = (changes: Record<string, string>) => read({ ...PRODUCTION, ...changes }).drainMs;
    expect([drainOf({}), drainOf({ DRAIN_SECONDS: '0' }), drainOf({ DRAIN_SECONDS: '300' })]).toEqual([
      10_000, 0, 300_000,
    ]);
    expect([drainOf({ DEMO: '1' }), drainOf({ DEMO: '1', DRAIN_SECONDS: '2' })]).toEqual([0, 2_000]);
  });

  it('S40: tell of a fault without telling a secret or a password', () => {
    const values = {
      JWT_SECRET: 'too-short-secret',
      PASSWORD_PEPPER: 'too-short-pepper',
      DATABASE_URL: 'postgres://a:hunter2@host/x',
      FACTORIES: '[{"apiKey":"key-in-json"',
      LOKI_URL: 'ftp://loki:hunter2@host',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://traces:hunter2%zz@host',
    };
    const text = faultsOf({ ...PRODUCTION, ...values }).join('\n');
    expect(text.split('\n')).toHaveLength(6);
    for (const secret of ['too-short-secret', 'too-short-pepper', 'hunter2', 'key-in-json', SECRET])
      expect(text).not.toContain(secret);
  });
});

describe('single settings', () => {
  it('an address is reduced to its origin, a list is trimmed', () => {
    const config = read({
      ...PRODUCTION,
      PUBLIC_URL: 'https://pizza.example.com/shop/?x=1',
      FACTORY_URL: 'https://factory.example.com:8443/api/',
      ALLOWED_ORIGINS: ' https://a.example.com/ , https://b.example.com:444,',
    });
    expect(config.publicUrl).toBe('https://pizza.example.com');
    expect(config.factories[0]?.jwksUrl).toBe('https://factory.example.com:8443/.well-known/jwks.json');
    expect(config.allowedOrigins).toEqual(['https://a.example.com', 'https://b.example.com:444']);
  });

  it('FACTORIES lists factories in their order and stands for FACTORY_URL and FACTORY_API_KEY', () => {
    const factories = [
      { origin: 'https://a.example.com', apiKey: 'a', jwks: 'https://keys.example.com/jwks', issuer: 'a' },
      { origin: 'https://b.example.com', apiKey: 'b' },
    ];
    const { DATABASE_URL, JWT_SECRET, PASSWORD_PEPPER, PUBLIC_URL } = PRODUCTION;
    const config = read({
      DATABASE_URL,
      JWT_SECRET,
      PASSWORD_PEPPER,
      PUBLIC_URL,
      FACTORIES: JSON.stringify(factories),
      FACTORY_REPORT_HOSTS: 'cure.example.com',
    });
    expect(config.factories).toEqual([
      {
        origin: 'https://a.example.com',
        apiKey: 'a',
        jwksUrl: 'https://keys.example.com/jwks',
        issuer: 'a',
        reportHosts: ['cure.example.com'],
      },
      {
        origin: 'https://b.example.com',
        reportHosts: ['cure.example.com'],
        apiKey: 'b',
        jwksUrl: 'https://b.example.com/.well-known/jwks.json',
        issuer: undefined,
      },
    ]);
  });

  it('the demo needs its secrets too, because whoever starts it makes them', () => {
    expect(namesOf(faultsOf({ DEMO: '1' }))).toEqual([
      'DATABASE_URL',
      'FACTORY_API_KEY',
      'FACTORY_URL',
      'JWT_SECRET',
      'PASSWORD_PEPPER',
    ]);
  });
});
