import type { User } from '#contract/users.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ListFrame } from '../../../ui/list-frame.tsx';
import styles from '../admin.module.css';
import { type AdminListProps, Done, ListFilter } from '../admin-list.tsx';
import type { UserTask } from './user-admin.tsx';
import { useUsers } from './users.api.ts';

interface UserListProps extends AdminListProps<UserTask> {
  ownId: number;
}

export function UserList({ ownId, place, onPlace, done, onTask }: UserListProps) {
  const t = useStaffTexts('adminUsers');
  const users = useUsers(place.page, place.filter);
  return (
    <ListFrame
      top={
        <>
          <ListFilter label={t.filter} place={place} onPlace={onPlace} />
          <Done sentence={done} />
        </>
      }
      query={users}
      loading={t.loading}
      empty={t.none}
      isEmpty={(page) => page.users.length === 0}
      pager={{
        page: place.page,
        hasNext: users.data?.more ?? false,
        onTurn: (page) => onPlace({ ...place, page }),
      }}
    >
      {(page) => (
        <DataTable
          label={t.table}
          rows={page.users}
          keyOf={({ id }) => id}
          columns={[
            { title: t.columns.name, cell: ({ name }) => name },
            { title: t.columns.email, cell: ({ email }) => email },
            { title: t.columns.roles, cell: (user) => <Roles user={user} isOwn={user.id === ownId} /> },
            {
              title: t.columns.actions,
              isNumber: true,
              cell: (user) => <Actions user={user} isOwn={user.id === ownId} onTask={onTask} />,
            },
          ]}
        />
      )}
    </ListFrame>
  );
}

function Roles({ user, isOwn }: { user: User; isOwn: boolean }) {
  const t = useStaffTexts('adminUsers');
  const has = (wanted: string) => user.roles.some(({ role }) => role === wanted);
  const franchises = user.roles.filter(({ role }) => role === 'franchisee').length;
  return (
    <div className={styles.actions}>
      {has('admin') && <Chip tone="ember">{t.roleNames.admin}</Chip>}
      {franchises > 0 && <Chip tone="good">{t.franchisee({ count: franchises })}</Chip>}
      {has('diner') && <Chip>{t.roleNames.diner}</Chip>}
      {isOwn && <span className="muted">{t.you}</span>}
    </div>
  );
}

interface ActionsProps {
  user: User;
  /** Oneself is deleted on the page of one's own account, where it takes more to be sure. */
  isOwn: boolean;
  onTask: (task: UserTask) => void;
}

function Actions({ user, isOwn, onTask }: ActionsProps) {
  const t = useStaffTexts('adminUsers');
  const { name } = user;
  return (
    <div className={styles.rowActions}>
      <Button
        look="quiet"
        size="small"
        aria-label={t.changeOf({ name })}
        onClick={() => onTask({ kind: 'roles', user })}
      >
        {t.change}
      </Button>
      {!isOwn && (
        <Button
          look="quiet"
          size="small"
          aria-label={t.removeOf({ name })}
          onClick={() => onTask({ kind: 'delete', user })}
        >
          {t.remove}
        </Button>
      )}
    </div>
  );
}
