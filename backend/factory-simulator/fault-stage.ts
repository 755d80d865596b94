import type { Fault } from './chaos.ts';
import type { FactoryHandler } from './factory-handler.ts';
import { answerGarbled } from './garbled-answer.ts';
import { makeInvalidPizza } from './invalid-pizza.ts';
import type { PizzaOven } from './pizza-oven.ts';
import { buildReportUrl } from './report-url.ts';
import type { Vendor } from './vendors.ts';
import type { WaitingRoom } from './waiting-room.ts';

const RETRY_AFTER_S = 1;

/** Plays the fault this order meets. Slow ones only wait here: their order goes on to the oven. */
export function faultStage(waitingRoom: WaitingRoom, oven: PizzaOven): FactoryHandler {
  return async (request, response, next) => {
    const { fault, vendor } = response.locals;
    if (!fault) return next();
    await waitingRoom.wait(fault.delayMs);

    switch (fault.type) {
      case 'fail':
        response.status(500).json({ message: 'chaos monkey', ...cureOf(fault, vendor, request.hostname) });
        return;
      case 'badjwt': {
        const { diner, order } = (request.body ?? {}) as { diner?: unknown; order?: unknown };
        const pizza = { vendor: { id: vendor.id, name: vendor.name }, diner, order };
        const jwt = await makeInvalidPizza(pizza, { stamp: oven.stamp(), turn: fault.nextTurn() });
        response.json({ jwt, ...cureOf(fault, vendor, request.hostname) });
        return;
      }
      case 'error':
      case 'flaky':
        response.status(500).json({ message: 'the oven went out' });
        return;
      case 'busy':
        response.status(fault.nextTurn() % 2 === 0 ? 429 : 503).set('Retry-After', String(RETRY_AFTER_S));
        response.json({ message: 'the factory is busy' });
        return;
      case 'malformed':
        answerGarbled(response, fault.nextTurn());
        return;
      default:
        next();
    }
  };
}

/** Answers `{ reportUrl }` for a fault that has a cure, else nothing to add. */
export function cureOf(
  fault: Fault | null,
  { apiKey }: Vendor,
  hostname: string | undefined,
): { reportUrl?: string } {
  if (!fault?.fixCode) return {};
  const { fixCode, reportUrlShape: shape } = fault;
  return { reportUrl: buildReportUrl({ hostname: hostname ?? 'localhost', apiKey, fixCode, shape }) };
}
