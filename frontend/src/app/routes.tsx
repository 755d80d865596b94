import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { Layout } from './layout/layout.tsx';
import { PageLoading } from './layout/page-loading.tsx';
import { HomePage } from './pages/home-page.tsx';
import { paths } from './paths.ts';

const MenuPage = lazy(() => import('./pages/menu-page.tsx').then((page) => ({ default: page.MenuPage })));
const PaymentPage = lazy(() =>
  import('./pages/payment-page.tsx').then((page) => ({ default: page.PaymentPage })),
);
const DeliveryPage = lazy(() =>
  import('./pages/delivery-page.tsx').then((page) => ({ default: page.DeliveryPage })),
);
const DinerPage = lazy(() => import('./pages/diner-page.tsx').then((page) => ({ default: page.DinerPage })));
const FranchisePage = lazy(() =>
  import('./pages/franchise-page.tsx').then((page) => ({ default: page.FranchisePage })),
);
const AdminPage = lazy(() => import('./pages/admin-page.tsx').then((page) => ({ default: page.AdminPage })));
const KitchenPage = lazy(() =>
  import('./pages/kitchen-page.tsx').then((page) => ({ default: page.KitchenPage })),
);
const LoginPage = lazy(() =>
  import('../features/auth/login-page.tsx').then((page) => ({ default: page.LoginPage })),
);
const RegisterPage = lazy(() =>
  import('../features/auth/register-page.tsx').then((page) => ({ default: page.RegisterPage })),
);
const LogoutPage = lazy(() =>
  import('../features/auth/logout-page.tsx').then((page) => ({ default: page.LogoutPage })),
);
const AboutPage = lazy(() =>
  import('../features/about/about-page.tsx').then((page) => ({ default: page.AboutPage })),
);
const HistoryPage = lazy(() =>
  import('../features/about/history-page.tsx').then((page) => ({ default: page.HistoryPage })),
);
const DocsPage = lazy(() =>
  import('../features/docs/docs-page.tsx').then((page) => ({ default: page.DocsPage })),
);
const NotFoundPage = lazy(() =>
  import('./pages/not-found-page.tsx').then((page) => ({ default: page.NotFoundPage })),
);

export function AppRoutes() {
  return (
    <Layout>
      <Suspense fallback={<PageLoading />}>
        <Routes>
          <Route path={paths.home} element={<HomePage />} />
          <Route path={paths.menu} element={<MenuPage />} />
          <Route path={paths.payment} element={<PaymentPage />} />
          <Route path={paths.delivery} element={<DeliveryPage />} />
          <Route path={paths.dinerDashboard} element={<DinerPage />} />
          <Route path={paths.franchiseDashboard} element={<FranchisePage />} />
          <Route path={paths.adminDashboard} element={<AdminPage />} />
          <Route path={paths.kitchen} element={<KitchenPage />} />
          <Route path={paths.login} element={<LoginPage />} />
          <Route path={paths.register} element={<RegisterPage />} />
          <Route path={paths.logout} element={<LogoutPage />} />
          <Route path={paths.about} element={<AboutPage />} />
          <Route path={paths.history} element={<HistoryPage />} />
          <Route path={paths.docs} element={<DocsPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </Layout>
  );
}
