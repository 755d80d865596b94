import { useState } from 'react';
import type { User } from '#contract/users.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { START } from '../admin-list.tsx';
import { ConfirmTask } from '../confirm-task.tsx';
import { useTask } from '../use-task.ts';
import { RolesForm } from './roles-form.tsx';
import { UserList } from './user-list.tsx';
import { useDeleteUser } from './users.api.ts';

export interface UserTask {
  kind: 'roles' | 'delete';
  user: User;
}

/** Everybody with an account, and what is done with one of them. `user` is who looks at it. */
export function UserAdmin({ user }: { user: User }) {
  const t = useStaffTexts('adminUsers').done;
  const { task, begin, finish, leave, done } = useTask<UserTask>();
  const [place, setPlace] = useState(START);
  if (task?.kind === 'roles') {
    const { name } = task.user;
    return (
      <RolesForm
        user={task.user}
        isSelf={task.user.id === user.id}
        onSaved={() => finish(t.roles({ name }))}
        onCancel={leave}
      />
    );
  }
  if (task?.kind === 'delete') {
    const { name } = task.user;
    return <DeleteUser user={task.user} onDeleted={() => finish(t.removed({ name }))} onCancel={leave} />;
  }
  return <UserList ownId={user.id} place={place} onPlace={setPlace} done={done} onTask={begin} />;
}

interface DeleteUserProps {
  user: User;
  onDeleted: () => void;
  onCancel: () => void;
}

function DeleteUser({ user, onDeleted, onCancel }: DeleteUserProps) {
  const { removal: t } = useStaffTexts('adminUsers');
  const change = useDeleteUser(user.id);
  const isFranchisee = user.roles.some(({ role }) => role === 'franchisee');
  return (
    <ConfirmTask
      title={t.title({ name: user.name })}
      consequences={[t.session({ email: user.email }), t.orders, ...(isFranchisee ? [t.roles] : [])]}
      confirm={t.confirm}
      change={change}
      conflict={t.lastAdmin}
      onDone={onDeleted}
      onCancel={onCancel}
    />
  );
}
