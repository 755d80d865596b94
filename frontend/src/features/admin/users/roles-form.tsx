import { useState } from 'react';
import type { RoleAssignment, User } from '#contract/users.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { useForm } from '../../../lib/use-form.ts';
import { Notice } from '../../../ui/notice.tsx';
import { TaskFrame } from '../task-frame.tsx';
import { FranchiseChoice, type NamedFranchise } from './franchise-choice.tsx';
import rolesStyles from './roles-form.module.css';
import { useFranchisesOf, useSaveRoles } from './users.api.ts';

interface RolesFormProps {
  user: User;
  isSelf: boolean;
  onSaved: () => void;
  onCancel: () => void;
}

/** What a user may do: plain roles to tick, and the franchises they run. */
export function RolesForm({ user, isSelf, onSaved, onCancel }: RolesFormProps) {
  const { roles: t, roleNames } = useStaffTexts('adminUsers');
  const save = useSaveRoles(user.id);
  const known = useFranchisesOf(user.id);
  const hasRole = (name: string) => user.roles.some(({ role }) => role === name);
  const [plain, setPlain] = useState({
    diner: hasRole('diner'),
    admin: hasRole('admin'),
  });
  const [added, setAdded] = useState<NamedFranchise[]>([]);
  const [taken, setTaken] = useState<number[]>([]);
  const nameOf = (id: number) => known.data?.find((one) => one.id === id)?.name ?? t.number({ id });
  const before = user.roles.flatMap(({ objectId }) =>
    objectId === undefined ? [] : [{ id: objectId, name: nameOf(objectId) }],
  );
  const franchises = [...before, ...added].filter(({ id }) => !taken.includes(id));
  const hasOthers = franchises.length !== before.length || added.some(({ id }) => !taken.includes(id));
  const add = (one: NamedFranchise) => {
    setTaken(taken.filter((id) => id !== one.id));
    if (![...before, ...added].some(({ id }) => id === one.id)) setAdded([...added, one]);
  };
  const roles: RoleAssignment[] = [
    ...(['diner', 'admin'] as const).filter((role) => plain[role]).map((role) => ({ role })),
    ...franchises.map(({ id }) => ({ role: 'franchisee' as const, objectId: id })),
  ];
  const isChanged = plain.diner !== hasRole('diner') || plain.admin !== hasRole('admin') || hasOthers;
  const form = useForm({
    fields: [],
    change: save,
    check: () => ({ form: roles.length === 0 && t.least }),
    refusals: { state_conflict: { form: t.lastAdmin } },
    // Roles are one field, and go as a whole; untouched they do not go at all.
    onSubmit: () => (isChanged ? save.mutate(roles, { onSuccess: onSaved }) : onSaved()),
  });
  return (
    <TaskFrame
      title={t.title({ name: user.name })}
      lead={t.lead({ name: user.name })}
      form={form}
      submit={t.save}
      onCancel={onCancel}
    >
      <fieldset className={rolesStyles.roles}>
        <legend>{t.legend}</legend>
        {(['diner', 'admin'] as const).map((role) => (
          <label key={role} className={rolesStyles.role}>
            <input
              type="checkbox"
              checked={plain[role]}
              onChange={(event) => setPlain({ ...plain, [role]: event.target.checked })}
            />
            <span>
              <strong>{roleNames[role]}</strong>
              <span className="muted">{t[role]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {isSelf && !plain.admin && <Notice tone="warm">{t.self}</Notice>}
      <FranchiseChoice franchises={franchises} onAdd={add} onTake={({ id }) => setTaken([...taken, id])} />
    </TaskFrame>
  );
}
