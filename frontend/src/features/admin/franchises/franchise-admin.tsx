import { useState } from 'react';
import type { Franchise } from '#contract/franchises.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { START } from '../admin-list.tsx';
import { useTask } from '../use-task.ts';
import { CloseFranchise, CloseStore } from './close-franchise.tsx';
import { FranchiseForm } from './franchise-form.tsx';
import { FranchiseList } from './franchise-list.tsx';

export type FranchiseTask =
  | { kind: 'create' }
  | { kind: 'edit' | 'close'; franchise: Franchise }
  | { kind: 'close-store'; franchise: Franchise; store: { id: number; name: string } };

/** All franchises, and what is done with one of them. */
export function FranchiseAdmin({ dashboardPath }: { dashboardPath: (franchiseId: number) => string }) {
  const t = useStaffTexts('adminFranchises').done;
  const { task, begin, finish, leave, done } = useTask<FranchiseTask>();
  const [place, setPlace] = useState(START);
  switch (task?.kind) {
    case 'create':
      return <FranchiseForm onSaved={({ name }) => finish(t.created({ name }))} onCancel={leave} />;
    case 'edit':
      return (
        <FranchiseForm
          franchise={task.franchise}
          onSaved={({ name }) => finish(t.saved({ name }))}
          onCancel={leave}
        />
      );
    case 'close':
      return (
        <CloseFranchise
          franchise={task.franchise}
          onClosed={() => finish(t.closed({ name: task.franchise.name }))}
          onCancel={leave}
        />
      );
    case 'close-store':
      return (
        <CloseStore
          franchise={task.franchise}
          store={task.store}
          onClosed={() => finish(t.closed({ name: task.store.name }))}
          onCancel={leave}
        />
      );
    default:
      return (
        <FranchiseList
          place={place}
          onPlace={setPlace}
          done={done}
          onTask={begin}
          dashboardPath={dashboardPath}
        />
      );
  }
}
