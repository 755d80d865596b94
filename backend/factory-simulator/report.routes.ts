import { type Response, Router } from 'express';
import type { FactoryHandler } from './factory-handler.ts';
import { cutWhenUnreachable, enterCall } from './intake.ts';
import type { SimulatedFactory } from './simulated-factory.ts';

/** The two shapes of the report URL. Right key and present code end the fault. */
export function reportRoutes(factory: SimulatedFactory): Router {
  const { journal, waitingRoom, vendors, chaos } = factory;
  const answer = (response: Response, apiKey: unknown, fixCode: unknown) => {
    if (vendors.find(apiKey) && chaos.report(fixCode)) {
      response.json({ message: 'Problem resolved. Pizza is tasty again.' });
      return;
    }
    response.status(400).json({ message: 'Failed to resolve the problem. Wrong key or code.' });
  };
  const byPath: FactoryHandler = ({ params }, response) => answer(response, params.apiKey, params.fixCode);
  const byQuery: FactoryHandler = ({ query }, response) => answer(response, query.apiKey, query.fixCode);

  const entry = [enterCall(journal, 'report'), cutWhenUnreachable(waitingRoom)];
  const router = Router();
  router.get('/api/support/:apiKey/report/:fixCode', ...entry, byPath);
  router.get('/api/report', ...entry, byQuery);
  return router;
}
