import { lazy } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { paths } from '../../paths.ts';

const FranchisesPage = lazy(() =>
  import('./admin-franchises-page.tsx').then((page) => ({ default: page.AdminFranchisesPage })),
);
const UsersPage = lazy(() =>
  import('./admin-users-page.tsx').then((page) => ({ default: page.AdminUsersPage })),
);
const MenuPage = lazy(() =>
  import('./admin-menu-page.tsx').then((page) => ({ default: page.AdminMenuPage })),
);
const AuditPage = lazy(() =>
  import('./admin-audit-page.tsx').then((page) => ({ default: page.AdminAuditPage })),
);
const BooksPage = lazy(() =>
  import('./admin-books-page.tsx').then((page) => ({ default: page.AdminBooksPage })),
);
const OperationsPage = lazy(() =>
  import('./operations-page.tsx').then((page) => ({ default: page.OperationsPage })),
);
const NotFoundPage = lazy(() =>
  import('../not-found-page.tsx').then((page) => ({ default: page.NotFoundPage })),
);

// Routes within routes are named from where these begin.
const below = (path: string) => path.slice(paths.adminDashboard.length);

/** The page had another address, which people and runbooks have kept. */
function ToOperations() {
  const { search, hash } = useLocation();
  return <Navigate to={{ pathname: paths.operations, search, hash }} replace />;
}

/** The pages behind the counter. Diners do not even fetch the list of them. */
export function AdminRoutes() {
  return (
    <Routes>
      <Route index element={<FranchisesPage />} />
      <Route path={below(paths.adminUsers)} element={<UsersPage />} />
      <Route path={below(paths.adminMenu)} element={<MenuPage />} />
      <Route path={below(paths.adminAudit)} element={<AuditPage />} />
      <Route path={below(paths.adminBooks)} element={<BooksPage />} />
      <Route path={below(paths.operations)} element={<OperationsPage />} />
      <Route path="/kitchen" element={<ToOperations />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
