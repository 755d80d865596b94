import { exportFranchiseOrders, followFranchise } from '#contract/franchise-dashboard.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { FranchiseChangeFeed } from './franchise-change-feed.ts';
import { presentOrdersAsCsv } from './reports.presenter.ts';
import type { Reports } from './reports.service.ts';

export function createFranchiseDashboardRoutes(parts: {
  reports: Reports;
  changeFeed: FranchiseChangeFeed;
}): Route[] {
  const { reports, changeFeed } = parts;
  async function* follow(franchiseId: number, signal: AbortSignal) {
    for await (const _ of changeFeed.follow(franchiseId, signal))
      yield { event: 'orders' as const, data: {} };
  }
  return [
    route(followFranchise).handledBy(async ({ params: { franchiseId } }) => {
      await reports.assertFranchise(franchiseId);
      return { status: 200, events: (signal) => follow(franchiseId, signal) };
    }),

    route(exportFranchiseOrders).handledBy(async ({ params, query }) => {
      const orders = await reports.exportOrders({ ...params, ...query });
      return { status: 200, body: presentOrdersAsCsv(orders) };
    }),
  ];
}
