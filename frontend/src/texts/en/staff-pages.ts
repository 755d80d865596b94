import { admin } from './admin.ts';
import { adminAudit } from './admin-audit.ts';
import { adminBooks } from './admin-books.ts';
import { adminFranchises } from './admin-franchises.ts';
import { adminMenu } from './admin-menu.ts';
import { adminUsers } from './admin-users.ts';

/** What only those read who run the company, a franchise or the kitchen. */
export const staffPages = { admin, adminAudit, adminBooks, adminFranchises, adminMenu, adminUsers } as const;
