import { type DestinationStream, pino } from 'pino';

export type Logger = pino.Logger;

// Never in a log line, wherever an object that carries one is logged.
const SECRET_FIELDS = ['password', 'currentPassword', 'token', 'jwt', 'apiKey', 'authorization', 'cookie'];
// A fault of the database carries its statement with every value in it: hashes, pizzas, addresses.
const STATEMENT = 'err.sql';
const REDACTED_PATHS = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** One JSON object a line, times in UTC. JSON escapes line breaks, so input cannot forge a line. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label.toUpperCase() }) },
    redact: { paths: [...REDACTED_PATHS, STATEMENT], censor: '[redacted]' },
    messageKey: 'message',
  };
  return destination ? pino(options, destination) : pino(options, pino.destination({ sync: false }));
}
