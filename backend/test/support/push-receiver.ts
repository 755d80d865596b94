import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Push {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface PushReceiver {
  host: string;
  pushes: Push[];
  /** What is answered from now on; `never` keeps every push waiting. */
  answer: number | 'never';
  close(): Promise<void>;
}

/** Stands where Loki or an OpenTelemetry collector would, and keeps what is pushed to it. */
export async function startPushReceiver(): Promise<PushReceiver> {
  const server = createServer(async (request, response) => {
    const { url = '', headers } = request;
    receiver.pushes.push({ path: url, headers, body: await text(request) });
    if (receiver.answer !== 'never') response.writeHead(receiver.answer).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: PushReceiver = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    pushes: [],
    answer: 204,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
