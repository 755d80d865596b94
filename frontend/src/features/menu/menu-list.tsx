import type { MenuItem } from '#contract/menu.ts';
import { useTexts } from '../../lib/texts.ts';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { useMenu } from './menu.api.ts';
import styles from './menu-list.module.css';
import { PizzaCard } from './pizza-card.tsx';

const SHOWN_AT_ONCE = 4;

interface MenuListProps {
  storeId: number | undefined;
  countOf: (menuId: number) => number;
  onAdd: (pizza: MenuItem) => void;
}

export function MenuList({ storeId, countOf, onAdd }: MenuListProps) {
  const t = useTexts('menu');
  const menu = useMenu(storeId);
  if (menu.isError) return <LoadError query={menu} />;
  if (!menu.data)
    return <Skeletons count={6} label={t.loading} className={styles.rest} listClassName={styles.list} />;
  if (menu.data.length === 0) return <Notice>{t.empty}</Notice>;
  return (
    <ul className={styles.list} aria-label={t.pizzas}>
      {menu.data.map((pizza, index) => (
        <PizzaCard
          key={pizza.id}
          pizza={pizza}
          count={countOf(pizza.id)}
          onAdd={() => onAdd(pizza)}
          isFirst={index < SHOWN_AT_ONCE}
        />
      ))}
    </ul>
  );
}
