import type { CSSProperties } from 'react';
import type { MenuItem } from '#contract/menu.ts';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { findPicture } from '../../ui/picture-manifest.ts';
import styles from './pizza-card.module.css';

interface PizzaCardProps {
  pizza: MenuItem;
  count: number;
  onAdd: () => void;
  /** Above the fold: its picture is fetched at once. */
  isFirst: boolean;
}

/** One line of the menu: the pizza reaches out of its card, the card glows in the pizza's own colour. */
export function PizzaCard({ pizza, count, onAdd, isFirst }: PizzaCardProps) {
  const t = useTexts('menu');
  const colour = findPicture(pizza.image).entry?.color;
  const style = colour ? ({ '--pizza': colour } as CSSProperties) : undefined;
  return (
    <li className={classNames(styles.card, !pizza.available && styles.gone)} style={style}>
      <div className={styles.plate}>
        <Picture source={pizza.image} alt="" sizes="(min-width: 60rem) 26rem, 60vw" isFirst={isFirst} />
      </div>
      <div className={styles.words}>
        <h3 className={styles.title}>{pizza.title}</h3>
        <p className={styles.description}>{pizza.description}</p>
        <div className={styles.foot}>
          <span className={styles.price}>
            <Amount bitcoin={pizza.price} />
          </span>
          {pizza.available ? (
            <Button
              size="small"
              aria-label={t.addNamed({ title: pizza.title })}
              onClick={onAdd}
              className={styles.add}
            >
              <Icon name="plus" size={18} />
              <span>{t.add}</span>
            </Button>
          ) : (
            <Chip tone="bad">{t.soldOut}</Chip>
          )}
        </div>
        {count > 0 && (
          <p key={count} className={styles.count}>
            {t.inCart({ count })}
          </p>
        )}
      </div>
    </li>
  );
}
