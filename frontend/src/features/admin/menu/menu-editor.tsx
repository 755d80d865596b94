import type { MenuItem } from '#contract/menu.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { ListFrame } from '../../../ui/list-frame.tsx';
import styles from '../admin.module.css';
import { Done } from '../admin-list.tsx';
import { useReorderMenu, useSetAvailable, useWholeMenu } from './menu.api.ts';
import type { MenuTask } from './menu-admin.tsx';
import { PizzaRow } from './pizza-row.tsx';
import { SortableList } from './sortable-list.tsx';

interface MenuEditorProps {
  /** What was done last. */
  done: string;
  onDone: (sentence: string) => void;
  onTask: (task: MenuTask) => void;
}

export function MenuEditor({ done, onDone, onTask }: MenuEditorProps) {
  const t = useStaffTexts('adminMenu');
  const menu = useWholeMenu();
  const reorder = useReorderMenu();
  const sale = useSetAvailable();
  const error = reorder.error ?? sale.error;
  const setAvailable = ({ id, title }: MenuItem, available: boolean) => {
    const sentence = available ? t.done.back({ title }) : t.done.soldOut({ title });
    sale.mutate({ menuId: id, available }, { onSuccess: () => onDone(sentence) });
  };
  return (
    <ListFrame
      top={
        <>
          <div className={styles.bar}>
            <Done sentence={done} />
            <Button onClick={() => onTask({ kind: 'add' })}>{t.add}</Button>
          </div>
          <ErrorNotice error={error} />
        </>
      }
      query={menu}
      loading={t.loading}
      empty={t.empty}
      isEmpty={(pizzas) => pizzas.length === 0}
    >
      {(pizzas) => (
        <SortableList
          label={t.list}
          items={pizzas}
          titleOf={({ title }) => title}
          onOrder={(next, moved) => {
            const place = next.indexOf(moved) + 1;
            onDone(t.placed({ title: moved.title, place, count: next.length }));
            reorder.mutate(next);
          }}
        >
          {(pizza) => (
            <PizzaRow
              pizza={pizza}
              isBusy={sale.isPending && sale.variables.menuId === pizza.id}
              onAvailable={(available) => setAvailable(pizza, available)}
              onTask={onTask}
            />
          )}
        </SortableList>
      )}
    </ListFrame>
  );
}
