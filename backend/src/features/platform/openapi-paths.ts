import type { Access, EndpointDeclaration } from '#contract/endpoint.ts';

/** One endpoint of the table: its name there is its `operationId`. */
export interface NamedEndpoint {
  name: string;
  declaration: EndpointDeclaration;
}

// The first pattern that a path fits names its feature.
const TAGS = [
  { name: 'auth', pattern: /^\/api\/auth/, description: 'Register, log in, log out' },
  { name: 'sessions', pattern: /^\/api\/session/, description: 'Where one is logged in' },
  { name: 'users', pattern: /^\/api\/user/, description: 'Accounts and their roles' },
  { name: 'menu', pattern: /^\/api\/order\/menu/, description: 'What can be ordered' },
  { name: 'orders', pattern: /^\/api\/order/, description: 'Placing, following and verifying orders' },
  {
    name: 'reports',
    pattern: /^\/api\/franchise\/[^/]+\/(orders|report)/,
    description: 'What a franchise sold',
  },
  { name: 'stores', pattern: /^\/api\/franchise\/[^/]+\/store/, description: 'Stores and what they have' },
  { name: 'franchises', pattern: /^\/api\/franchise/, description: 'Franchises and who runs them' },
  { name: 'operations', pattern: /^\/api\/operations/, description: 'For those who keep it running' },
  { name: 'platform', pattern: /^\//, description: 'This service itself' },
] as const;

export function tagOf(path: string): string {
  return TAGS.find(({ pattern }) => pattern.test(path))?.name ?? 'platform';
}

export const tags = TAGS.map(({ name, description }) => ({ name, description }));

/** The access rule as a sentence. */
export function describeAccess(access: Access): string {
  switch (access.who) {
    case 'everyone':
      return 'Everybody; no session needed.';
    case 'session':
      if (!access.param) return 'Anybody with a session (401 otherwise).';
      return access.isPrivate
        ? `Anybody with a session; the object named by \`${access.param}\` is there for its owner alone (404 otherwise, for admins too).`
        : `Anybody with a session; the object named by \`${access.param}\` is there for its owner and for admins only (404 otherwise).`;
    case 'admin':
      return 'Admins (401 without a session, 403 for other roles).';
    case 'self-or-admin':
      return `The user named by \`${access.param}\` and admins (401 without a session, 404 for anybody else).`;
    case 'franchisee-or-admin':
      return `Franchisees of the franchise named by \`${access.param}\` and admins (401 without a session, 403 for other roles, 404 for other franchisees).`;
  }
}

const PARAMETER = /:(\w+)/g;
const shapeOf = (path: string): string => path.replace(PARAMETER, '{}');
const parametersOf = (path: string): string[] => [...path.matchAll(PARAMETER)].map(([, name = '']) => name);

/**
 * Names every path as OpenAPI wants it. Two paths that differ in the names of their parameters alone are one path
 * there, so where declarations disagree (`:userId` and `:franchiseId`) the parameter is called `id`.
 */
export function nameParameters(endpoints: readonly NamedEndpoint[]): (path: string) => Map<string, string> {
  const namesByShape = new Map<string, Set<string>[]>();
  for (const { declaration } of endpoints) {
    const names = namesByShape.get(shapeOf(declaration.path)) ?? [];
    parametersOf(declaration.path).forEach((name, place) => {
      names[place] = (names[place] ?? new Set()).add(name);
    });
    namesByShape.set(shapeOf(declaration.path), names);
  }
  return (path) => {
    const names = namesByShape.get(shapeOf(path)) ?? [];
    return new Map(
      parametersOf(path).map((name, place) => [name, (names[place]?.size ?? 1) > 1 ? 'id' : name]),
    );
  };
}

export function templateOf(path: string, names: ReadonlyMap<string, string>): string {
  return path.replace(PARAMETER, (_, name: string) => `{${names.get(name) ?? name}}`);
}
