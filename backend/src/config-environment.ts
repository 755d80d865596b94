import { z } from 'zod';
import { emailSchema } from '#contract/email-address.ts';
import { address, origin } from './config-addresses.ts';
import { retentionSettings } from './config-retention.ts';

const MINIMUM_SECRET_BYTES = 32;
const MINIMUM_TOKEN_CHARACTERS = 16;
// The new one, the old one, and one that is to come. Each pepper more is a hash more for every wrong password.
const MOST_SECRETS = 3;

const port = z.coerce.number().int().min(0).max(65_535);
const count = (fallback: number, max = 1_000_000) =>
  z.coerce.number().int().min(0).max(max).default(fallback);
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );
/** One value, or several while it is rotated: the first is used, all are accepted. A comma is in no value. */
const rotating = ({ isGood, error }: { isGood: (value: string) => boolean; error: string }) =>
  list
    .refine((values) => values.length > 0 && values.every(isGood), { error })
    .refine((values) => values.length <= MOST_SECRETS, { error: `must be at most ${MOST_SECRETS} values` });
const secret = rotating({
  isGood: (text) => Buffer.byteLength(text) >= MINIMUM_SECRET_BYTES,
  error: `must have at least ${MINIMUM_SECRET_BYTES} bytes, each if there are several`,
});
const metricsToken = rotating({
  isGood: (text) => text.length >= MINIMUM_TOKEN_CHARACTERS,
  error: `must have at least ${MINIMUM_TOKEN_CHARACTERS} characters, each if there are several`,
});

const factorySchema = z.object({
  origin,
  apiKey: z.string().min(1),
  jwks: z.url().optional(),
  issuer: z.string().min(1).optional(),
});
const factoriesJson = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be a JSON list of { origin, apiKey, jwks?, issuer? }',
      });
      return z.NEVER;
    }
  })
  .pipe(z.array(factorySchema).min(1));

/** What happens with a report URL: it is called, a person is asked to, or nothing. */
const RECOVERY_SETTINGS = ['act', 'suggest', 'off'] as const;
export type RecoverySetting = (typeof RECOVERY_SETTINGS)[number];

/** Every setting by the name operators know; `.env.example` lists them with their meaning. */
export const environmentSchema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATABASE_URL: z
    .url({ protocol: /^(mysql|mariadb)$/, error: 'must look like mysql://user:password@host:3306/name' })
    .optional(),
  PUBLIC_URL: origin.optional(),
  ALLOWED_ORIGINS: list.pipe(z.array(origin)),
  TRUST_PROXY: count(0, 10),
  DRAIN_SECONDS: z.coerce.number().min(0).max(300).optional(),
  WORKERS: z.coerce.number().int().min(1).max(64).default(1),
  DEMO: z.stringbool().default(false),
  JWT_SECRET: secret.optional(),
  PASSWORD_PEPPER: secret.optional(),
  PASSWORD_MIN_LENGTH: z.coerce.number().int().min(1).max(128).default(8),
  BCRYPT_COST: z.coerce.number().int().min(4).max(15).default(12),
  LOGIN_LIMIT_PER_MINUTE: count(20),
  ORDER_LIMIT_PER_HOUR: count(60),
  OPEN_ORDER_LIMIT: count(10),
  ADMIN_EMAIL: emailSchema.optional(),
  ADMIN_PASSWORD: z.string().min(8).max(128).optional(),
  ...retentionSettings,
  FACTORY_URL: origin.optional(),
  FACTORY_API_KEY: z.string().min(1).optional(),
  FACTORY_ISSUER: z.string().min(1).optional(),
  FACTORIES: factoriesJson.optional(),
  FACTORY_SIMULATED: z.stringbool().default(false),
  FACTORY_REPORT_HOSTS: list.pipe(
    z.array(z.string().regex(/^[a-z0-9.-]+$/i, 'must be host names, parted by commas')),
  ),
  FACTORY_RECOVERY: z.enum(RECOVERY_SETTINGS).default('act'),
  FACTORY_PROBE_SECONDS: z.coerce.number().min(0).max(3600).default(5),
  ORDER_SYNC_BUDGET_SECONDS: z.coerce.number().min(0.1).max(120).default(40),
  METRICS_PORT: port.optional(),
  METRICS_TOKEN: metricsToken.optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOKI_URL: address.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('jwt-pizza'),
  OTEL_BSP_SCHEDULE_DELAY: z.coerce.number().int().min(1).max(60_000).default(2_000),
});
export type Environment = z.output<typeof environmentSchema>;
