import { MenuDesk } from '../../../features/admin/menu/menu-desk.tsx';
import { useStaffTexts } from '../../../lib/texts.ts';
import { AdminFrame } from './admin-frame.tsx';

export function AdminMenuPage() {
  const t = useStaffTexts('adminMenu');
  return (
    <AdminFrame title={t.title} lead={t.lead}>
      {() => <MenuDesk />}
    </AdminFrame>
  );
}
