import path from 'node:path';
import { readSettings } from './settings.ts';
import { loadSigningKey } from './signing-key.ts';
import { type Simulator, startSimulator } from './start-simulator.ts';

let simulator: Simulator | undefined;

/** Starts the simulator; it runs until a signal ends it, or the parent that holds the IPC channel is gone. */
async function run(): Promise<void> {
  // Before the start, which can take a second when a key has to be made.
  for (const cause of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(cause, stop);

  const { dataDir, ...settings } = readSettings(process.env);
  const signingKey = await loadSigningKey(path.join(dataDir, 'factory-simulator'));
  simulator = await startSimulator({ ...settings, signingKey, onFault: (error) => complain(inFull(error)) });

  process.stdout.write(`simulator ready http://localhost:${simulator.port}\n`);
  process.send?.({ type: 'ready', port: simulator.port });
}

async function stop(): Promise<void> {
  await simulator?.close();
  process.exit(0);
}

function complain(text: string): void {
  process.stderr.write(`factory simulator: ${text}\n`);
}

function inFull(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Answers one line a person can act on. */
function inOneLine(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is taken; choose another with FACTORY_SIMULATOR_PORT`;
  return message.replaceAll(/\s+/g, ' ');
}

run().catch((error: unknown) => {
  complain(inOneLine(error));
  process.exit(1);
});
