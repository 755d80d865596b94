import { Operations } from '../../../features/operations/operations.tsx';
import { useStaffTexts } from '../../../lib/texts.ts';
import { AdminFrame } from './admin-frame.tsx';

export function OperationsPage() {
  const t = useStaffTexts('operations');
  return (
    <AdminFrame title={t.title} lead={t.lead}>
      {() => <Operations />}
    </AdminFrame>
  );
}
