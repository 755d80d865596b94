import { relative } from 'node:path';
import type { RunningStack } from './demo-stack.ts';
import { projectRoot } from './project-root.ts';

function shortPath(path: string): string {
  const fromHere = relative(projectRoot, path);
  return fromHere.startsWith('..') ? path : fromHere;
}

/** While developing, the storefront is not served by the service. */
type Demo = RunningStack & { storefrontUrl?: string };

/** What a person needs to look round the demo. Outside the demo nothing of it exists. */
export function describeDemo({ url, storefrontUrl = url, settings, simulatorUrl, logPath }: Demo): string[] {
  if (!settings.isDemo) return [];
  const lines: [string, string | undefined][] = [
    ['diner', 'd@jwt.com / diner'],
    ['franchisee', 'f@jwt.com / franchisee'],
    ['admin', 'a@jwt.com / admin'],
    ['storefront', storefrontUrl],
    ['API', `${url}/api/docs`],
    ['factory', simulatorUrl === undefined ? undefined : `${simulatorUrl} (simulated)`],
    ['log', logPath === undefined ? undefined : shortPath(logPath)],
  ];
  return [
    '',
    'JWT Pizza, the demo',
    ...lines.flatMap(([name, text]) => (text ? [`  ${name.padEnd(12)}${text}`] : [])),
    '',
  ];
}
