import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from '../admin.module.css';
import { ListFrame } from '../list-frame.tsx';
import type { FranchiseTask } from './franchise-desk.tsx';
import { FranchiseTable } from './franchise-table.tsx';
import { useFranchises } from './franchises.api.ts';

const LONGEST_WISH = 90;

interface Place {
  wish: string;
  page: number;
}

interface FranchiseListProps {
  place: Place;
  onPlace: (place: Place) => void;
  /** What was done last. */
  done: string;
  onTask: (task: FranchiseTask) => void;
  dashboardPath: (franchiseId: number) => string;
}

export function FranchiseList({ place, onPlace, done, onTask, dashboardPath }: FranchiseListProps) {
  const t = useStaffTexts('adminFranchises');
  const franchises = useFranchises(place.page, place.wish);
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <Field
          label={t.filter}
          maxLength={LONGEST_WISH}
          value={place.wish}
          onChange={(event) => onPlace({ wish: event.target.value, page: 0 })}
          className={styles.filter}
        />
        <Button onClick={() => onTask({ kind: 'create' })}>{t.add}</Button>
      </div>
      <p role="status" className={styles.done}>
        {done}
      </p>
      <ListFrame
        query={franchises}
        loading={t.loading}
        empty={place.wish.trim() === '' ? t.empty : t.none}
        isEmpty={(page) => page.franchises.length === 0}
        page={{
          number: place.page,
          more: franchises.data?.more ?? false,
          onTurn: (page) => onPlace({ ...place, page }),
        }}
      >
        {(page) => (
          <FranchiseTable franchises={page.franchises} onTask={onTask} dashboardPath={dashboardPath} />
        )}
      </ListFrame>
    </div>
  );
}
