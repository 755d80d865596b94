import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPizzaOven } from '../../factory-simulator/pizza-oven.ts';
import { makeSigningKey } from '../../factory-simulator/signing-key.ts';

/** How a factory answers a call. */
type Answer = (response: ServerResponse, origin: string) => void;

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** Answers that try to make us write down the key they were called with, by what they do. */
export function hostileAnswers(key: string) {
  const encoded = encodeURIComponent(key);
  const hex = Buffer.from(key).toString('hex');
  const refusedWith = (reportUrl: string): Answer => json(500, { message: `your key is ${key}`, reportUrl });
  const withCode = (code: string): Answer =>
    refusedWith(`https://127.0.0.1/api/support/${encoded}/report/${code}`);
  const token = [{ alg: 'RS256', kid: key }, { vendor: key, diner: { id: key }, order: { id: key } }, key];
  return {
    'a message with the key': json(500, { message: key, error: { key } }),
    'a report URL of a foreign host': refusedWith(`https://evil.example/api/support/${encoded}/report/x`),
    'a report URL whose host is the key': refusedWith(`https://${hex}.example/api/report`),
    'a report URL with the key as user': refusedWith(`https://${encoded}@127.0.0.1/api/report`),
    'a report URL with the key in its query': refusedWith(`https://127.0.0.1/help?ticket=${encoded}`),
    'a report URL with the key in base64': refusedWith(`https://127.0.0.1/help/${base64url(key)}`),
    'a report URL with the key in hex as its code': withCode(hex),
    'a report URL with the key in base64url as its code': withCode(base64url(key)),
    'a report URL that is right': withCode('right-code'),
    'a pizza that is the key': json(200, { jwt: key, reportUrl: key }),
    'a pizza made of the key': json(200, {
      jwt: token.map((part) => base64url(JSON.stringify(part))).join('.'),
    }),
    'headers with the key': json(
      429,
      { message: key },
      { 'retry-after': key, 'set-cookie': key, 'x-key': key },
    ),
    'a redirect to the key': (response, origin) => {
      response.writeHead(302, { location: `${origin}/${encoded}` }).end();
    },
    'no JSON but the key': json(200, `<p>${key}</p>`),
    'no HTTP but the key': (response) => {
      response.socket?.end(`HTTP/1.1 ${key}\r\n${key}: \r\n\r\n${key}`);
    },
  } satisfies Record<string, Answer>;
}

export interface HostileFactory {
  origin: string;
  /** What everybody who calls it gets from now on. */
  answerWith(answer: Answer): void;
  close(): Promise<void>;
}

export async function startHostileFactory(): Promise<HostileFactory> {
  let answer: Answer = json(500, {});
  const { jwks } = await createPizzaOven(await makeSigningKey(), 'hostile');
  const server = createServer((request, response) => {
    // Its keys are right, so that its pizzas are judged.
    const isForKeys = request.url?.startsWith('/.well-known/');
    request.resume();
    request.on('end', () => (isForKeys ? json(200, jwks) : answer)(response, origin));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    answerWith: (next) => {
      answer = next;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
