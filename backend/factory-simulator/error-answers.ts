import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';

export const sendUnknownEndpoint: RequestHandler = (_request, response) => {
  response.status(404).json({ message: 'unknown endpoint' });
};

/** Turns what a step threw into JSON that gives nothing away; `onFault` gets what is our own mistake. */
export function sendError(onFault: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const { status: thrown, type } = error as { status?: unknown; type?: unknown };
    const isClients = typeof thrown === 'number' && thrown >= 400 && thrown < 500;
    if (!isClients) onFault(error);
    const status = isClients ? thrown : 500;
    const message = type === 'entity.parse.failed' ? 'malformed JSON' : STATUS_CODES[status]?.toLowerCase();
    response.status(status).json({ message });
  };
}
