import type { Databases } from './database/pool.ts';
import { sumFigures } from './features/fulfillment/figures/sum-figures.repository.ts';
import { createFranchiseChangeFeed } from './features/reports/franchise-change-feed.ts';
import { createFranchiseDashboardRoutes } from './features/reports/franchise-dashboard.routes.ts';
import { findNewestTransitions } from './features/reports/newest-transitions.repository.ts';
import { createReportRoutes } from './features/reports/reports.routes.ts';
import { createReports } from './features/reports/reports.service.ts';
import type { Logger } from './observability/logger.ts';

/** The part of the composition that tells franchises what they have sold. Answers its routes. */
export function composeReports({ databases, log }: { databases: Databases; log: Logger }) {
  const db = databases.reports;
  const reports = createReports({ db, sumFigures: (query) => sumFigures(db, query) });
  const changeFeed = createFranchiseChangeFeed({
    findNewest: () => findNewestTransitions(databases.db),
    log,
  });
  return [...createReportRoutes(reports), ...createFranchiseDashboardRoutes({ reports, changeFeed })];
}
