import { readDrill, startDrill, stopDrill } from '#contract/drill.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { Drill, DrillRun } from './drill.service.ts';
import { type DrillMode, spreadOf } from './drill-score.ts';

function presentRun({ row, score, ordersPlaced }: DrillRun) {
  const { endedAt, ...measured } = score;
  return {
    id: row.id,
    mode: row.mode as DrillMode,
    startedAt: row.started_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    ...measured,
    incidentId: row.incident_id,
    ordersPlaced,
    ordersDelayed: row.orders_delayed ?? 0,
    ordersFailed: row.orders_failed ?? 0,
  };
}

export function createDrillRoutes(drill: Drill): Route[] {
  const { detected, restored } = drill.outages;
  const outages = {
    count: restored.length,
    detected: spreadOf(detected),
    restored: spreadOf(restored),
  };
  return [
    route(readDrill).handledBy(async () => {
      const runs = await drill.readRuns();
      return { status: 200, body: { isPlayable: drill.isPlayable, runs: runs.map(presentRun), outages } };
    }),

    route(startDrill).handledBy(async ({ body, user, requestId }) => ({
      status: 200,
      body: presentRun(await drill.start(body, { userId: user.id, requestId })),
    })),

    route(stopDrill).handledBy(async ({ user, requestId }) => {
      await drill.stop({ userId: user.id, requestId });
      return { status: 200, body: { message: 'drill stopped' } };
    }),
  ];
}
