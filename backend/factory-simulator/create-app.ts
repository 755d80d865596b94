import express, { type Express } from 'express';
import { controlRoutes } from './control.routes.ts';
import { sendError, sendUnknownEndpoint } from './error-answers.ts';
import type { FactoryErrorHandler } from './factory-handler.ts';
import { cutWhenUnreachable, meetFault } from './intake.ts';
import { orderRoutes } from './order.routes.ts';
import { pizzaCheckRoutes } from './pizza-check.routes.ts';
import { reportRoutes } from './report.routes.ts';
import type { SimulatedFactory } from './simulated-factory.ts';

/** Answers the whole surface: control routes first, out of reach of any fault, then the factory's own API. */
export function createApp(factory: SimulatedFactory, onFault: (error: unknown) => void): Express {
  const { chaos, lines, waitingRoom } = factory;
  const cut = cutWhenUnreachable(waitingRoom);
  const cutInsteadOfError: FactoryErrorHandler = (error, request, response, next) => {
    // A control route that failed has met no fault.
    const isUnreachable = response.locals.fault?.type === 'unreachable';
    return isUnreachable ? cut(request, response, next) : next(error);
  };

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(controlRoutes(factory));
  app.use(meetFault(chaos, lines));
  app.use(orderRoutes(factory));
  app.use(pizzaCheckRoutes(factory));
  app.use(reportRoutes(factory));
  app.use(cut, sendUnknownEndpoint);
  app.use(cutInsteadOfError, sendError(onFault));
  return app;
}
