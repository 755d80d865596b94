import { admin } from './admin.ts';
import { adminAudit } from './admin-audit.ts';
import { adminFigures } from './admin-figures.ts';
import { adminFranchises } from './admin-franchises.ts';
import { adminMenu } from './admin-menu.ts';
import { adminUsers } from './admin-users.ts';
import { chart } from './chart.ts';
import { drill } from './drill.ts';
import { franchiseDashboard } from './franchise-dashboard.ts';
import { incidents } from './incidents.ts';
import { operations } from './operations.ts';

/** What only those read who run the company, a franchise or the operations. */
export const staffPages = {
  admin,
  adminAudit,
  adminFigures,
  adminFranchises,
  adminMenu,
  adminUsers,
  chart,
  drill,
  franchiseDashboard,
  incidents,
  operations,
};
