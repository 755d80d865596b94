import { followReportLink, readReportLink } from '#contract/order-reports.ts';
import { Refusal } from '../../errors.ts';
import type { SessionUser } from '../../http/authenticate.ts';
import { isAdmin } from '../../http/authorize.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { ReportRow } from '../fulfillment/fault-reports/fault-report.repository.ts';
import type { ReportLinks } from '../fulfillment/fault-reports/report-links.ts';
import { presentReport, presentReportPage } from './report-page.presenter.ts';

const AGAIN_AFTER_SECONDS = 5;

const sessionOf = (user: SessionUser | undefined) => user && { userId: user.id, isAdmin: isAdmin(user) };

export function createReportLinkRoutes(links: ReportLinks): Route[] {
  const present = (orderId: number, report: ReportRow, accepts: (mediaType: string) => boolean) =>
    accepts('text/html')
      ? { status: 200 as const, text: presentReportPage(orderId, report) }
      : { status: 200 as const, body: presentReport(report) };

  return [
    route(readReportLink).handledBy(async ({ params, user, accepts }) => {
      const report = await links.read({ ...params, session: sessionOf(user) });
      return present(params.orderId, report, accepts);
    }),

    route(followReportLink).handledBy(async ({ params, user, accepts }) => {
      const { result, report } = await links.report({ ...params, session: sessionOf(user) });
      // One that the factory has thanked for is told as it is, not as a refusal.
      if (result === 'not_now' && report.state !== 'done') {
        throw new Refusal('too_many_requests', {
          message: 'it is being reported right now, or too much was reported within the last minute',
          retryAfterSeconds: AGAIN_AFTER_SECONDS,
        });
      }
      return present(params.orderId, report, accepts);
    }),
  ];
}
