import { listFranchiseOrders, readFranchiseReport } from '#contract/reports.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentFranchiseOrder, presentReport, presentReportAsCsv } from './reports.presenter.ts';
import type { Reports } from './reports.service.ts';

export function createReportRoutes(reports: Reports): Route[] {
  return [
    route(listFranchiseOrders).handledBy(async ({ params, query }) => {
      const { orders, more } = await reports.listOrders({
        franchiseId: params.franchiseId,
        storeId: query.storeId,
        state: query.status,
        before: query.before,
        limit: query.limit,
      });
      return { status: 200, body: { orders: orders.map(presentFranchiseOrder), more } };
    }),

    route(readFranchiseReport).handledBy(async ({ params, query, accepts }) => {
      const report = await reports.readReport({ ...params, ...query });
      if (!accepts('text/csv')) return { status: 200, body: presentReport(report) };
      const { from, to, by } = query;
      const name = `franchise-${params.franchiseId}-by-${by}-${from}-to-${to}.csv`;
      const headers = { 'Content-Disposition': `attachment; filename="${name}"` };
      return { status: 200, text: presentReportAsCsv(report), headers };
    }),
  ];
}
