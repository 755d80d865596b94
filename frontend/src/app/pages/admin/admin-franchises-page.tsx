import { FranchiseDashboard } from '../../../features/admin/franchises/franchise-dashboard.tsx';
import { useStaffTexts } from '../../../lib/texts.ts';
import { franchiseDashboardPath } from '../../paths.ts';
import { AdminFrame } from './admin-frame.tsx';

export function AdminFranchisesPage() {
  const t = useStaffTexts('adminFranchises');
  return (
    <AdminFrame title={t.title} lead={t.lead}>
      {() => <FranchiseDashboard dashboardPath={franchiseDashboardPath} />}
    </AdminFrame>
  );
}
