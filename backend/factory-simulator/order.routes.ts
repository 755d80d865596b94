import { Router } from 'express';
import { describeFaults } from './describe-faults.ts';
import type { FactoryHandler } from './factory-handler.ts';
import { cureOf, faultStage } from './fault-stage.ts';
import { cutWhenUnreachable, enterCall, noteOrder, readJson } from './intake.ts';
import { orderBodySchema } from './order-body.ts';
import type { SimulatedFactory } from './simulated-factory.ts';
import { bearerKey } from './vendors.ts';

const MAX_ITEMS = 20;

/** `POST /api/order`: key, fault, body, count, oven; in this order, so that `{}` meets the fault and bakes nothing. */
export function orderRoutes(factory: SimulatedFactory): Router {
  const { journal, waitingRoom, oven } = factory;
  const router = Router();
  router.post(
    '/api/order',
    enterCall(journal, 'order'),
    readJson,
    noteOrder,
    cutWhenUnreachable(waitingRoom),
    authenticate(factory),
    faultStage(waitingRoom, oven),
    checkBody,
    checkCount(factory),
    bake(factory),
  );
  return router;
}

function authenticate({ vendors }: SimulatedFactory): FactoryHandler {
  return (request, response, next) => {
    const vendor = vendors.find(bearerKey(request.headers.authorization));
    if (!vendor) {
      response.status(401).json({ message: 'invalid authentication' });
      return;
    }
    response.locals.vendor = vendor;
    next();
  };
}

const checkBody: FactoryHandler = (request, response, next) => {
  const { success, data, error } = orderBodySchema.safeParse(request.body ?? {});
  if (!success) {
    response.status(400).json({ message: describeFaults(error) });
    return;
  }
  response.locals.body = data;
  next();
};

/** The real factory chokes on such orders for as long as when it throttles. */
function checkCount({ waitingRoom, itemLimitDelayMs }: SimulatedFactory): FactoryHandler {
  return async (_request, response, next) => {
    const count = response.locals.body.order.items.length;
    if (count > 0 && count <= MAX_ITEMS) return next();
    await waitingRoom.wait(itemLimitDelayMs);
    response.status(503).json({ message: `an order holds 1 to ${MAX_ITEMS} pizzas` });
  };
}

/** Bakes even when the client hung up meanwhile, as the real factory does: the order is in the oven. */
function bake({ oven, journal }: SimulatedFactory): FactoryHandler {
  return async (request, response) => {
    const { fault, vendor, call, body } = response.locals;
    const { diner, order } = body;
    const jwt = await oven.bake({ vendor: { id: vendor.id, name: vendor.name }, diner, order });
    journal.addPizza(call, { orderId: order.id, jwt });
    response.json({ jwt, ...cureOf(fault, vendor, request.hostname) });
  };
}
