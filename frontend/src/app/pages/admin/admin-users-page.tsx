import { UserDesk } from '../../../features/admin/users/user-desk.tsx';
import { useStaffTexts } from '../../../lib/texts.ts';
import { AdminFrame } from './admin-frame.tsx';

export function AdminUsersPage() {
  const t = useStaffTexts('adminUsers');
  return (
    <AdminFrame title={t.title} lead={t.lead}>
      {(user) => <UserDesk user={user} />}
    </AdminFrame>
  );
}
