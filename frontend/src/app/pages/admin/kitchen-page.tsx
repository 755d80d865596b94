import { Kitchen } from '../../../features/kitchen/kitchen.tsx';
import { useStaffTexts } from '../../../lib/texts.ts';
import { AdminFrame } from './admin-frame.tsx';

export function KitchenPage() {
  const t = useStaffTexts('kitchen');
  return (
    <AdminFrame title={t.title} lead={t.lead}>
      {() => <Kitchen />}
    </AdminFrame>
  );
}
