import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Config } from '../../src/config.ts';
import { readAnswer } from '../support/event-stream.ts';

/** A call as it goes over the wire. */
export interface WireCall {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: string | undefined;
}

export interface WireAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

const LONGEST_ANSWER_MS = 20_000;

/** Sends calls that well-behaved clients never would, one connection for all of them. */
export function createCaller(origin: string) {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true });
  return {
    async send({ method, target, headers, body }: WireCall): Promise<WireAnswer> {
      const bytes = body === undefined ? undefined : Buffer.from(body);
      const length = bytes === undefined ? {} : { 'content-length': String(bytes.length) };
      return new Promise((resolve, reject) => {
        const call = request(
          {
            agent,
            hostname,
            port,
            method,
            path: target,
            headers: { ...headers, ...length },
            timeout: LONGEST_ANSWER_MS,
          },
          (response) => {
            readAnswer(response).then(
              (answered) =>
                resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answered }),
              reject,
            );
          },
        );
        call.once('timeout', () => call.destroy(new Error(`no answer within ${LONGEST_ANSWER_MS} ms`)));
        call.once('error', reject);
        call.end(bytes);
      });
    },
    close: () => agent.destroy(),
  };
}

const LONGEST_SHOWN = 2_000;
const quote = (part: string): string => `'${part.replaceAll("'", "'\\''")}'`;

/** The call as a line for a shell. */
export function asCurl(origin: string, { method, target, headers, body }: WireCall): string {
  const parts = ['curl', '-i', '--path-as-is', '-X', method, quote(`${origin}${target}`)];
  for (const [name, value] of Object.entries(headers)) parts.push('-H', quote(`${name}: ${value}`));
  if (body !== undefined) {
    const cut =
      body.length > LONGEST_SHOWN ? `${body.slice(0, LONGEST_SHOWN)}...(${body.length} characters)` : body;
    parts.push('--data-binary', quote(cut));
  }
  return parts.join(' ');
}

// What only our own inside could have written; no hostile text holds any of it, so that an echo is no finding.
const INSIDES: readonly [string, RegExp][] = [
  ['a stack', /\bat (?:async )?[\w.<>[\] ]*\(?[^\s"]{1,200}\.m?[jt]s:\d+/],
  ['a path of the file system', /node_modules|file:\/\/\/|\/backend\/(?:src|contract|test)\//],
  [
    'SQL',
    /\bER_[A-Z_]{3,}|SQLSTATE|sqlMessage|SQL syntax|\bmysql:\/\/|password_hash|email_key|insert into|where `/,
  ],
  ['a password hash', /\$2[aby]\$\d\d\$/],
];

/** Names what an answer tells that nobody outside may know (S26, S35). */
export function createLeakCheck(config: Config): (answer: WireAnswer) => string[] {
  const database = new URL(config.databaseUrl);
  const secrets: [string, string][] = [
    ['the session secret', config.sessionSecrets[0] ?? ''],
    ['the pepper', config.passwordPeppers[0] ?? ''],
    ['the address of the database', database.host],
    ['the name of the database', database.pathname.slice(1)],
    ['the password of the database', database.password],
    ['a path of this machine', process.cwd()],
    ...config.factories.map(({ apiKey }): [string, string] => ['the key of the factory', apiKey]),
  ];
  const known = secrets.filter(([, secret]) => secret !== '');
  return ({ headers, body }) => {
    const whole = `${JSON.stringify(headers)}\n${body}`;
    return [
      ...INSIDES.filter(([, pattern]) => pattern.test(whole)).map(([what]) => what),
      ...known.filter(([, secret]) => whole.includes(secret)).map(([what]) => what),
    ].map((what) => `tells ${what}`);
  };
}
