import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';

interface ConnectTime {
  /** Undefined when the call used a connection that was open already. */
  connectMs: number | undefined;
}

// undici tells of its requests on Node's diagnostics channels, which belong to the process: one pair of listeners
// serves every agent, and knows its own requests by these maps.
const connectMsOf = new WeakMap<Socket, number>();
const timeOf = new WeakMap<object, ConnectTime>();
let beingMade: ConnectTime | undefined;
let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  subscribe('undici:request:create', (message) => {
    if (beingMade) timeOf.set((message as { request: object }).request, beingMade);
  });
  subscribe('undici:client:sendHeaders', (message) => {
    const { request, socket } = message as { request: object; socket: Socket };
    const time = timeOf.get(request);
    if (!time) return;
    time.connectMs = connectMsOf.get(socket);
    // The next call over this connection finds it open.
    connectMsOf.delete(socket);
  });
}

/** An agent that knows how long a call took to connect; without time limits of its own beyond that for connecting. */
export function createTimedAgent(options: { connectTimeoutMs: number }) {
  listen();
  const connect = buildConnector({ timeout: options.connectTimeoutMs });
  const agent = new Agent({
    connect(target, done) {
      const startMs = performance.now();
      connect(target, (...result) => {
        const [, socket] = result;
        if (socket) connectMsOf.set(socket, Math.round(performance.now() - startMs));
        done(...result);
      });
    },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    agent,
    /** Begins a request, within which `begin` must not wait; the time is known once the headers were sent. */
    time<T>(begin: () => Promise<T>): { answer: Promise<T>; time: ConnectTime } {
      const time: ConnectTime = { connectMs: undefined };
      beingMade = time;
      try {
        return { answer: begin(), time };
      } finally {
        beingMade = undefined;
      }
    },
  };
}
