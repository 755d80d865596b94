import { Navigate, Route, Routes, useLocation } from 'react-router';
import { lazyComponent } from '../../../lib/lazy-component.ts';
import { franchiseDashboardPath, paths } from '../../paths.ts';
import { AdminFrame, type AdminPage } from './admin-frame.tsx';

const FranchiseAdmin = lazyComponent(
  async () => (await import('../../../features/admin/franchises/franchise-admin.tsx')).FranchiseAdmin,
);
const UserAdmin = lazyComponent(
  async () => (await import('../../../features/admin/users/user-admin.tsx')).UserAdmin,
);
const MenuAdmin = lazyComponent(
  async () => (await import('../../../features/admin/menu/menu-admin.tsx')).MenuAdmin,
);
const AuditLog = lazyComponent(
  async () => (await import('../../../features/admin/audit/audit-log.tsx')).AuditLog,
);
const FiguresAdmin = lazyComponent(
  async () => (await import('../../../features/admin/figures/figures-admin.tsx')).FiguresAdmin,
);
const Operations = lazyComponent(
  async () => (await import('../../../features/operations/operations.tsx')).Operations,
);
const NotFoundPage = lazyComponent(async () => (await import('../not-found-page.tsx')).NotFoundPage);

const pages: readonly AdminPage[] = [
  {
    path: paths.adminDashboard,
    name: 'franchises',
    texts: 'adminFranchises',
    content: () => <FranchiseAdmin dashboardPath={franchiseDashboardPath} />,
  },
  {
    path: paths.adminUsers,
    name: 'users',
    texts: 'adminUsers',
    content: (user) => <UserAdmin user={user} />,
  },
  { path: paths.adminMenu, name: 'menu', texts: 'adminMenu', content: () => <MenuAdmin /> },
  { path: paths.operations, name: 'operations', texts: 'operations', content: () => <Operations /> },
  { path: paths.adminAudit, name: 'audit', texts: 'adminAudit', content: () => <AuditLog /> },
  { path: paths.adminFigures, name: 'figures', texts: 'adminFigures', content: () => <FiguresAdmin /> },
];

// Routes within routes are named from where these begin.
const below = (path: string) => path.slice(paths.adminDashboard.length);

/** For an address that a page had before, which people and runbooks have kept. */
function Moved({ to }: { to: string }) {
  const { search, hash } = useLocation();
  return <Navigate to={{ pathname: to, search, hash }} replace />;
}

/** The pages behind the counter. Diners do not even fetch the list of them. */
export function AdminRoutes() {
  return (
    <Routes>
      {pages.map((page) => (
        <Route
          key={page.path}
          path={below(page.path)}
          element={<AdminFrame key={page.path} page={page} pages={pages} />}
        />
      ))}
      <Route path="/kitchen" element={<Moved to={paths.operations} />} />
      <Route path="/books" element={<Moved to={paths.adminFigures} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
