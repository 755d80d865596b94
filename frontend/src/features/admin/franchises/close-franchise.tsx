import type { Franchise } from '#contract/franchises.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { ConfirmTask } from '../confirm-task.tsx';
import { useCloseFranchise, useCloseStore } from './franchises.api.ts';

interface CloseProps {
  franchise: Franchise;
  onClosed: () => void;
  onCancel: () => void;
}

export function CloseFranchise({ franchise, onClosed, onCancel }: CloseProps) {
  const { closing: t, close } = useStaffTexts('adminFranchises');
  const change = useCloseFranchise(franchise.id);
  const stores = franchise.stores.length;
  return (
    <ConfirmTask
      title={t.title({ name: franchise.name })}
      consequences={[...(stores > 0 ? [t.stores({ count: stores })] : []), t.people, t.orders, t.final]}
      confirm={close}
      change={change}
      onDone={onClosed}
      onCancel={onCancel}
    />
  );
}

export function CloseStore(props: CloseProps & { store: { id: number; name: string } }) {
  const { franchise, store, onClosed, onCancel } = props;
  const { closingStore: t, close } = useStaffTexts('adminFranchises');
  const change = useCloseStore({ franchiseId: franchise.id, storeId: store.id });
  return (
    <ConfirmTask
      title={t.title({ name: store.name })}
      consequences={[t.orders, t.record({ franchise: franchise.name }), t.final]}
      confirm={close}
      change={change}
      onDone={onClosed}
      onCancel={onCancel}
    />
  );
}
