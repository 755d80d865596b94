import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface StandInAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as it is; anything but a text as JSON. */
  body?: unknown;
}

export interface StandInFactory {
  origin: string;
  /** What was asked, in the order it came. */
  calls: { method: string; path: string; authorization: string | undefined; body: string }[];
  /** What every order is answered from now on. */
  answerWith(answer: StandInAnswer): void;
  close(): Promise<void>;
}

/** A factory that answers what the simulator never would: one answer of the test's choice to every order. */
export async function startStandInFactory(first: StandInAnswer): Promise<StandInFactory> {
  let answer = first;
  const calls: StandInFactory['calls'] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const { method = '', url = '', headers } = request;
    calls.push({ method, path: url, authorization: headers.authorization, body: await text(request) });
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answerWith: (next) => {
      answer = next;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
