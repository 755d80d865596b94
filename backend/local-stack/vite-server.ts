import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hasEnded, startChild, whenEnded } from './child-processes.ts';
import { isPortFree, pickFreePort } from './ports.ts';
import { projectRoot } from './project-root.ts';
import { describeEnd } from './reporting-process.ts';

const USUAL_PORT = 5173;
const LOOK_EVERY_MS = 50;

export type ViteServer = { url: string; whenBroken: Promise<string> };

/** Serves the storefront with hot reload and sends what is not its own to the API. */
export async function startViteServer(apiUrl: string): Promise<ViteServer> {
  const port = (await isPortFree(USUAL_PORT)) ? USUAL_PORT : await pickFreePort();
  const vite = startChild(
    process.execPath,
    [
      join(projectRoot, 'node_modules/vite/bin/vite.js'),
      '--port',
      String(port),
      '--strictPort',
      '--clearScreen',
      'false',
    ],
    {
      cwd: join(projectRoot, 'frontend'),
      env: { ...process.env, API_ORIGIN: apiUrl },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const name = 'the storefront server';
  while (!hasEnded(vite) && (await isPortFree(port))) await wait(LOOK_EVERY_MS);
  return {
    url: `http://localhost:${port}`,
    whenBroken: whenEnded(vite).then(() => describeEnd(name, vite.exitCode, vite.signalCode)),
  };
}
