import { isLoopback } from './config-addresses.ts';
import type { Environment } from './config-environment.ts';

/** The demo marks the secrets it generates, so that production can refuse them (S20). */
const DEMO_SECRET_PREFIX = 'demo-';
const MIN_PRODUCTION_COST = 10;
const MIN_PRODUCTION_PASSWORD = 8;
const SECRETS = ['JWT_SECRET', 'PASSWORD_PEPPER'] as const;

/** What the demo may do and production may not (S20, S46). What is malformed or missing is told elsewhere. */
export function findProductionFaults(settings: Environment): string[] {
  if (settings.DEMO) return [];
  return [...findWeakSecrets(settings), ...findOpenWires(settings), ...findLeniency(settings)];
}

function findWeakSecrets(settings: Environment): string[] {
  const faults = SECRETS.filter((name) =>
    settings[name]?.some((secret) => secret.startsWith(DEMO_SECRET_PREFIX)),
  ).map((name) => `${name}: is a secret of the demo`);
  const peppers = new Set(settings.PASSWORD_PEPPER);
  // Whoever learns one of them must not have the other with it.
  if (settings.JWT_SECRET?.some((secret) => peppers.has(secret)))
    faults.push('PASSWORD_PEPPER: must not be a JWT_SECRET as well');
  return faults;
}

/** Our key and the keys of its pizzas must not be read or changed on the way. */
function findOpenWires({ FACTORY_URL, FACTORIES }: Environment): string[] {
  const isOpen = (url: string | undefined): boolean =>
    url !== undefined && new URL(url).protocol === 'http:' && !isLoopback(url);
  const fault = 'must be https, unless it is on this machine';
  return [
    ...(isOpen(FACTORY_URL) ? [`FACTORY_URL: ${fault}`] : []),
    ...(FACTORIES ?? []).flatMap(({ origin, jwks }, index) =>
      isOpen(origin) || isOpen(jwks) ? [`FACTORIES.${index}: ${fault}`] : [],
    ),
  ];
}

function findLeniency(settings: Environment): string[] {
  const faults: string[] = [];
  if (settings.BCRYPT_COST < MIN_PRODUCTION_COST)
    faults.push(`BCRYPT_COST: must be at least ${MIN_PRODUCTION_COST} outside the demo`);
  if (settings.PASSWORD_MIN_LENGTH < MIN_PRODUCTION_PASSWORD)
    faults.push(`PASSWORD_MIN_LENGTH: must be at least ${MIN_PRODUCTION_PASSWORD} outside the demo`);
  if (settings.FACTORY_SIMULATED) faults.push('FACTORY_SIMULATED: is for the demo only');
  return faults;
}
