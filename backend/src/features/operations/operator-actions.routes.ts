import {
  holdFactories,
  probeFactories,
  reportIncident,
  resumeFactories,
} from '#contract/operator-actions.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { OperatorActions } from './operator-actions.ts';

export function createOperatorActionRoutes(actions: OperatorActions): Route[] {
  return [
    route(probeFactories).handledBy(async ({ user, requestId }) => ({
      status: 200,
      body: { probes: await actions.probe({ userId: user.id, requestId }) },
    })),

    route(holdFactories).handledBy(async ({ user, requestId }) => {
      await actions.hold({ userId: user.id, requestId });
      return { status: 200, body: { message: 'orders are held' } };
    }),

    route(resumeFactories).handledBy(async ({ user, requestId }) => {
      await actions.resume({ userId: user.id, requestId });
      return { status: 200, body: { message: 'orders go on' } };
    }),

    route(reportIncident).handledBy(async ({ params, user, requestId }) => {
      const result = await actions.report(params.incidentId, { userId: user.id, requestId });
      return { status: 200, body: { result } };
    }),
  ];
}
