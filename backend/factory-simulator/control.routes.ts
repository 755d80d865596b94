import express, { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import {
  CHAOS_TYPES,
  type ChaosOptions,
  type ChaosType,
  chaosOptionsSchema,
  chaosTypeSchema,
} from './chaos-options.ts';
import { controlGuard } from './control-guard.ts';
import { describeFaults } from './describe-faults.ts';
import { sendUnknownEndpoint } from './error-answers.ts';
import type { SimulatedFactory } from './simulated-factory.ts';

const sinceSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional();

/** What only the simulator has: choosing the fault, reading the journal, starting over. */
export function controlRoutes(factory: SimulatedFactory): Router {
  const router = Router();
  // Before anything else, the body too: a stranger gets a 403 and nothing to work with.
  router.use(['/api/vendor', '/api/simulator'], controlGuard);
  router.put('/api/vendor/chaos/:type', express.json(), putChaos(factory));
  router.get('/api/simulator/journal', getJournal(factory));
  router.post('/api/simulator/reset', postReset(factory));
  // Ends here, so that no fault ever touches a control route.
  router.use(['/api/vendor', '/api/simulator'], sendUnknownEndpoint);
  return router;
}

function putChaos({ chaos, lines }: SimulatedFactory): RequestHandler {
  return (request, response) => {
    const fault = readFault(request);
    if ('refusal' in fault) {
      response.status(400).json({ message: fault.refusal });
      return;
    }
    chaos.switchTo(fault.type, fault.options);
    // A factory that is gone answers nobody, those who wait already neither.
    if (fault.type === 'unreachable') lines.cutAll();
    response.json({ chaos: fault.type, ...fault.options });
  };
}

function readFault(request: Request): { type: ChaosType; options: ChaosOptions } | { refusal: string } {
  const type = chaosTypeSchema.safeParse(request.params.type);
  if (!type.success) return { refusal: `unknown chaos type; there are ${CHAOS_TYPES.join(', ')}` };
  // Unread options would be options silently ignored.
  if (request.body === undefined && hasBody(request)) {
    return { refusal: 'options must be JSON: send Content-Type: application/json' };
  }
  const options = chaosOptionsSchema.safeParse(request.body ?? {});
  if (!options.success) return { refusal: describeFaults(options.error) };
  if (type.data === 'none' && Object.keys(options.data).length > 0)
    return { refusal: 'none takes no options' };
  return { type: type.data, options: options.data };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function getJournal({ journal }: SimulatedFactory): RequestHandler {
  return (request, response) => {
    const { success, data: since } = sinceSchema.safeParse(request.query.since);
    if (!success) {
      response.status(400).json({ message: 'since must be an ISO 8601 time, such as 2025-04-08T14:10:00Z' });
      return;
    }
    response.json(journal.read(since === undefined ? undefined : new Date(since)));
  };
}

function postReset({ chaos, journal, waitingRoom }: SimulatedFactory): RequestHandler {
  return (_request, response) => {
    chaos.switchTo('none', {});
    journal.empty();
    waitingRoom.letGo();
    response.json({ message: 'reset' });
  };
}
