import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ListFrame } from '../../../ui/list-frame.tsx';
import styles from '../admin.module.css';
import { type AdminListProps, Done, ListFilter } from '../admin-list.tsx';
import type { FranchiseTask } from './franchise-admin.tsx';
import { FranchiseTable } from './franchise-table.tsx';
import { useFranchises } from './franchises.api.ts';

interface FranchiseListProps extends AdminListProps<FranchiseTask> {
  dashboardPath: (franchiseId: number) => string;
}

export function FranchiseList({ place, onPlace, done, onTask, dashboardPath }: FranchiseListProps) {
  const t = useStaffTexts('adminFranchises');
  const franchises = useFranchises(place.page, place.filter);
  return (
    <ListFrame
      top={
        <>
          <div className={styles.bar}>
            <ListFilter label={t.filter} place={place} onPlace={onPlace} />
            <Button onClick={() => onTask({ kind: 'create' })}>{t.add}</Button>
          </div>
          <Done sentence={done} />
        </>
      }
      query={franchises}
      loading={t.loading}
      empty={place.filter.trim() === '' ? t.empty : t.none}
      isEmpty={(page) => page.franchises.length === 0}
      pager={{
        page: place.page,
        hasNext: franchises.data?.more ?? false,
        onTurn: (page) => onPlace({ ...place, page }),
      }}
    >
      {(page) => (
        <FranchiseTable franchises={page.franchises} onTask={onTask} dashboardPath={dashboardPath} />
      )}
    </ListFrame>
  );
}
