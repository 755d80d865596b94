import { AuditLog } from '../../../features/admin/audit/audit-log.tsx';
import { useStaffTexts } from '../../../lib/texts.ts';
import { AdminFrame } from './admin-frame.tsx';

export function AdminAuditPage() {
  const t = useStaffTexts('adminAudit');
  return (
    <AdminFrame title={t.title} lead={t.lead}>
      {() => <AuditLog />}
    </AdminFrame>
  );
}
