import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { createChaos } from './chaos.ts';
import { THROTTLE_DELAY_MS } from './chaos-options.ts';
import { createApp } from './create-app.ts';
import { createJournal } from './journal.ts';
import { createOpenLines } from './open-lines.ts';
import { createPizzaOven } from './pizza-oven.ts';
import { makeSigningKey } from './signing-key.ts';
import { createVendors } from './vendors.ts';
import { createWaitingRoom } from './waiting-room.ts';

export interface SimulatorOptions {
  apiKeys: readonly string[];
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  /** A fresh one, gone with the simulator, when none is given. */
  signingKey?: KeyObject;
  issuer?: string;
  /** How long an order of no or too many pizzas waits for its refusal. */
  itemLimitDelayMs?: number;
  /** Hears of mistakes of the simulator itself; its callers only get a 500. */
  onFault?: (error: unknown) => void;
}

export interface Simulator {
  origin: string;
  port: number;
  /** Ends at once; calls that still wait lose their line. */
  close(): Promise<void>;
}

/** Long enough that a client's kept connection does not end just when it is used again. */
const KEEP_ALIVE_MS = 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Answers a simulator that takes orders. Throws what listening throws, such as EADDRINUSE. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { apiKeys, port = 0, host = '127.0.0.1', issuer = 'localhost', onFault = () => {} } = options;
  const waitingRoom = createWaitingRoom();
  const app = createApp(
    {
      vendors: createVendors(apiKeys),
      oven: await createPizzaOven(options.signingKey ?? (await makeSigningKey()), issuer),
      chaos: createChaos(),
      journal: createJournal(),
      waitingRoom,
      lines: createOpenLines(),
      itemLimitDelayMs: options.itemLimitDelayMs ?? THROTTLE_DELAY_MS,
    },
    onFault,
  );
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    app,
  );
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(port, host);
  await once(server, 'listening');

  const taken = (server.address() as AddressInfo).port;
  return {
    origin: `http://${reachableName(host)}:${taken}`,
    port: taken,
    async close() {
      await closeNow(server);
      // Last: whoever waited has lost the line by now and learns nothing.
      waitingRoom.letGo();
    },
  };
}

async function closeNow(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** An address to listen on is not always one to call. */
function reachableName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}
