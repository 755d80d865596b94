import { parseCookie } from 'cookie';
import type { Request } from 'express';

/** Who is at the other end, as far as a request tells. */
export interface Client {
  address: string;
  /** As it calls itself. */
  userAgent: string | undefined;
  /** What a log-in with this browser has left in it. */
  deviceToken: string | undefined;
}

export type ReadClient = (request: Request) => Client;

export function createReadClient(deviceCookieName: string): ReadClient {
  return (request) => ({
    address: request.ip ?? '',
    userAgent: request.get('user-agent'),
    deviceToken: parseCookie(request.get('cookie') ?? '')[deviceCookieName],
  });
}
