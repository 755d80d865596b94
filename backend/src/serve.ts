import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// Slow clients hold a socket no longer than this (S38). The time to answer is not bounded by these.
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
// Node looks for connections whose time is over only this often, and by itself every 30 s.
const TIMEOUT_CHECK_MS = 1_000;
const KEEP_ALIVE_MS = 65_000; // longer than the 60 s of common load balancers, which would else meet closed sockets
const MAX_SOCKETS = 10_000;
const IDLE_SWEEP_MS = 100;
const FORCED_END_MS = 5_000;

export interface HttpServer {
  port: number;
  /** Serves on, and ends each connection with its next answer, so that the request after that goes elsewhere. */
  beginLeaving(): void;
  /** Takes nothing new, lets running answers end, and closes what is left after 5 s. */
  close(): Promise<void>;
}

/** Starts listening; rejects with the system's error when the port is taken. */
export async function serve(
  listener: RequestListener,
  options: { port: number; host: string },
): Promise<HttpServer> {
  let isLeaving = false;
  const unanswered = new Set<ServerResponse>();
  const leave = (response: ServerResponse): void => {
    response.shouldKeepAlive = false;
  };
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      unanswered.add(response);
      response.once('close', () => unanswered.delete(response));
      if (isLeaving) leave(response);
      listener(request, response);
    },
  );
  server.maxConnections = MAX_SOCKETS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    beginLeaving: () => {
      isLeaving = true;
      for (const response of unanswered) leave(response);
    },
    close: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was busy when the server closed becomes idle afterwards and would stay open.
  const idleSweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  const forcedEnd = setTimeout(() => server.closeAllConnections(), FORCED_END_MS);
  await closed;
  clearInterval(idleSweep);
  clearTimeout(forcedEnd);
}
