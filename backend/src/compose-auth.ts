import type { Registry } from 'prom-client';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/pool.ts';
import { createAuthMetrics } from './features/auth/auth.metrics.ts';
import { createAuth } from './features/auth/auth.service.ts';
import { createDeviceTokens } from './features/auth/device-token.ts';
import { createLogInThrottle } from './features/auth/log-in-throttle.ts';
import { createPasswordPolicy } from './features/auth/password-policy.ts';
import { createPasswords } from './features/auth/passwords.ts';
import { createSessionTokens } from './features/auth/session-token.ts';
import { createUsers } from './features/users/users.service.ts';
import type { Logger } from './observability/logger.ts';

interface AuthSystemDeps {
  config: Config;
  db: Database;
  log: Logger;
  registry: Registry;
  clock: Clock;
}

/** The part of the composition that knows who somebody is: users, passwords, sessions and the limits of log-in. */
export function composeAuth({ config, db, log, registry, clock }: AuthSystemDeps) {
  const users = createUsers(db);
  const passwords = createPasswords({ peppers: config.passwordPeppers, cost: config.bcryptCost });
  const auth = createAuth({
    db,
    users,
    passwords,
    assertAcceptable: createPasswordPolicy(config.passwordMinLength),
    throttle: createLogInThrottle({
      db,
      devices: createDeviceTokens(config.sessionSecrets),
      clock,
      limitPerMinute: config.logInLimitPerMinute,
    }),
    tokens: createSessionTokens(config.sessionSecrets),
    metrics: createAuthMetrics(registry, passwords),
    log,
    clock,
  });
  return { users, passwords, auth };
}
