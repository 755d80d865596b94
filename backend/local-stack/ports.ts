import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 refuses "::" for another reason than a taken port.
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES');
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port counts as taken when anybody listens on it on any address that a browser on this machine would reach. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1', '::1']) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

// Below the ports that systems hand out by themselves (Linux from 32768, others from 49152): there every connection that
// anybody opens may take a port in the moment between its being picked and its being listened on.
const LOWEST_PICKED = 20_000;
const HIGHEST_PICKED = 32_000;
const PICKS = 100;

/** Answers a port that is free and likely to stay so until somebody listens on it; throws when there is none. */
export async function pickFreePort(): Promise<number> {
  for (let pick = 1; pick <= PICKS; pick += 1) {
    const port = randomInt(LOWEST_PICKED, HIGHEST_PICKED);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`none of ${PICKS} ports from ${LOWEST_PICKED} to ${HIGHEST_PICKED} is free`);
}
