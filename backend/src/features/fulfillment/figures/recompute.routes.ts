import {
  endRecompute,
  type FigureDifference,
  listRecomputeStores,
  recomputeStore,
} from '#contract/recompute.ts';
import { type Route, route } from '../../../http/endpoint-router.ts';
import type { FiguresDifference } from './figures.service.ts';
import type { Recompute } from './recompute.service.ts';

const DIFFERENCES_SHOWN = 100;

const presentDifference = ({ stored, actual, ...rest }: FiguresDifference): FigureDifference => ({
  day: rest.day,
  menuId: rest.menuId,
  figure: rest.figure,
  stored: Number(stored),
  actual: Number(actual),
});

export function createRecomputeRoutes(recompute: Recompute): Route[] {
  return [
    route(listRecomputeStores).handledBy(async () => {
      const { stores, running } = await recompute.listStores();
      const shown = running && {
        by: { id: running.id, name: running.name },
        since: running.started_at.toISOString(),
      };
      return { status: 200, body: { stores, running: shown ?? null } };
    }),

    route(recomputeStore).handledBy(async ({ params, body, user, requestId }) => {
      const actor = { userId: user.id, requestId };
      const differences = await recompute.recomputeStore({ ...params, ...body }, actor);
      const shown = differences.slice(0, DIFFERENCES_SHOWN).map(presentDifference);
      return {
        status: 200,
        body: { storeId: params.storeId, count: differences.length, differences: shown },
      };
    }),

    route(endRecompute).handledBy(async ({ params, user, requestId }) => {
      await recompute.endRecompute(params.run, { userId: user.id, requestId });
      return { status: 200, body: { message: 'recompute ended' } };
    }),
  ];
}
