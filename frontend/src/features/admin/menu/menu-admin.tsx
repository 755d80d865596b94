import type { MenuItem } from '#contract/menu.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { ConfirmTask } from '../confirm-task.tsx';
import { useTask } from '../use-task.ts';
import { useRetirePizza } from './menu.api.ts';
import { MenuEditor } from './menu-editor.tsx';
import { PizzaForm } from './pizza-form.tsx';

export type MenuTask = { kind: 'add' } | { kind: 'edit' | 'retire'; pizza: MenuItem };

/** The menu, and what is done with a pizza of it. */
export function MenuAdmin() {
  const t = useStaffTexts('adminMenu').done;
  const { task, begin, finish, leave, done, setDone } = useTask<MenuTask>();
  switch (task?.kind) {
    case 'add':
      return <PizzaForm onSaved={(title) => finish(t.added({ title }))} onCancel={leave} />;
    case 'edit':
      return (
        <PizzaForm pizza={task.pizza} onSaved={(title) => finish(t.saved({ title }))} onCancel={leave} />
      );
    case 'retire':
      return (
        <RetirePizza
          pizza={task.pizza}
          onRetired={() => finish(t.retired({ title: task.pizza.title }))}
          onCancel={leave}
        />
      );
    default:
      return <MenuEditor done={done} onDone={setDone} onTask={begin} />;
  }
}

interface RetirePizzaProps {
  pizza: MenuItem;
  onRetired: () => void;
  onCancel: () => void;
}

function RetirePizza({ pizza, onRetired, onCancel }: RetirePizzaProps) {
  const { retiring: t, retire } = useStaffTexts('adminMenu');
  const change = useRetirePizza(pizza.id);
  return (
    <ConfirmTask
      title={t.title({ title: pizza.title })}
      consequences={[t.orders, t.final]}
      confirm={retire}
      change={change}
      onDone={onRetired}
      onCancel={onCancel}
    />
  );
}
