import { Router } from 'express';
import type { FactoryHandler } from './factory-handler.ts';
import { cutWhenUnreachable, enterCall, readJson } from './intake.ts';
import { orderIdOf } from './order-body.ts';
import type { SimulatedFactory } from './simulated-factory.ts';

/** `POST /api/order/verify` and the JWKS: two ways to tell a pizza from what only looks like one. */
export function pizzaCheckRoutes(factory: SimulatedFactory): Router {
  const { journal, waitingRoom, oven } = factory;
  const cut = cutWhenUnreachable(waitingRoom);
  const sendJwks: FactoryHandler = (_request, response) => {
    response.json(oven.jwks);
  };
  const router = Router();
  router.post('/api/order/verify', enterCall(journal, 'verify'), readJson, cut, verify(factory));
  router.get('/.well-known/jwks.json', enterCall(journal, 'jwks'), cut, sendJwks);
  return router;
}

function verify({ oven }: SimulatedFactory): FactoryHandler {
  return async (request, response) => {
    const { jwt } = (request.body ?? {}) as { jwt?: unknown };
    const payload = await oven.verify(jwt);
    if (!payload) {
      response.status(403).json({ message: 'invalid' });
      return;
    }
    response.locals.call.orderId = orderIdOf(payload);
    response.json({ message: 'valid', payload });
  };
}
