import { Suspense, useSyncExternalStore } from 'react';
import { Route, Routes } from 'react-router';
import { onActingUser, userChanges } from '../lib/acting-user.ts';
import { lazyComponent } from '../lib/lazy-component.ts';
import { Layout } from './layout/layout.tsx';
import { PageLoading } from './layout/page-loading.tsx';
import { HomePage } from './pages/home-page.tsx';
import { paths } from './paths.ts';

const MenuPage = lazyComponent(async () => (await import('./pages/menu-page.tsx')).MenuPage);
const PaymentPage = lazyComponent(async () => (await import('./pages/payment-page.tsx')).PaymentPage);
const DeliveryPage = lazyComponent(async () => (await import('./pages/delivery-page.tsx')).DeliveryPage);
const DinerPage = lazyComponent(async () => (await import('./pages/diner-page.tsx')).DinerPage);
const SessionsPage = lazyComponent(async () => (await import('./pages/sessions-page.tsx')).SessionsPage);
const FranchisePage = lazyComponent(async () => (await import('./pages/franchise-page.tsx')).FranchisePage);
const AdminRoutes = lazyComponent(async () => (await import('./pages/admin/admin-routes.tsx')).AdminRoutes);
const LoginPage = lazyComponent(async () => (await import('../features/auth/login-page.tsx')).LoginPage);
const RegisterPage = lazyComponent(
  async () => (await import('../features/auth/register-page.tsx')).RegisterPage,
);
const LogoutPage = lazyComponent(async () => (await import('../features/auth/logout-page.tsx')).LogoutPage);
const AboutPage = lazyComponent(async () => (await import('../features/about/about-page.tsx')).AboutPage);
const HistoryPage = lazyComponent(
  async () => (await import('../features/about/history-page.tsx')).HistoryPage,
);
const PrivacyPage = lazyComponent(
  async () => (await import('../features/privacy/privacy-page.tsx')).PrivacyPage,
);
const DocsPage = lazyComponent(async () => (await import('../features/docs/docs-page.tsx')).DocsPage);
const NotFoundPage = lazyComponent(async () => (await import('./pages/not-found-page.tsx')).NotFoundPage);

export function AppRoutes() {
  const changes = useSyncExternalStore(onActingUser, userChanges);
  return (
    <Layout>
      {/* What was begun for one user is not for the next one to finish. */}
      <Suspense key={changes} fallback={<PageLoading />}>
        <Routes>
          <Route path={paths.home} element={<HomePage />} />
          <Route path={paths.menu} element={<MenuPage />} />
          <Route path={paths.payment} element={<PaymentPage />} />
          <Route path={paths.delivery} element={<DeliveryPage />} />
          <Route path={paths.dinerDashboard} element={<DinerPage />} />
          <Route path={paths.sessions} element={<SessionsPage />} />
          <Route path={paths.franchiseDashboard} element={<FranchisePage />} />
          <Route path={`${paths.adminDashboard}/*`} element={<AdminRoutes />} />
          <Route path={paths.login} element={<LoginPage />} />
          <Route path={paths.register} element={<RegisterPage />} />
          <Route path={paths.logout} element={<LogoutPage />} />
          <Route path={paths.about} element={<AboutPage />} />
          <Route path={paths.history} element={<HistoryPage />} />
          <Route path={paths.privacy} element={<PrivacyPage accountPath={paths.dinerDashboard} />} />
          <Route path={paths.docs} element={<DocsPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </Layout>
  );
}
