import type { MenuItem } from '#contract/menu.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Amount } from '../../../ui/amount.tsx';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { Picture } from '../../../ui/picture.tsx';
import adminStyles from '../admin.module.css';
import styles from './menu.module.css';
import type { MenuTask } from './menu-admin.tsx';

interface PizzaRowProps {
  pizza: MenuItem;
  isBusy: boolean;
  onAvailable: (available: boolean) => void;
  onTask: (task: MenuTask) => void;
}

/** A pizza as it stands on the menu, with what can be done with it. */
export function PizzaRow({ pizza, isBusy, onAvailable, onTask }: PizzaRowProps) {
  const t = useStaffTexts('adminMenu');
  const { title, description, image, price, available } = pizza;
  const sale = available ? t.markSoldOut : t.backAgain;
  const saleOf = available ? t.markSoldOutOf({ title }) : t.backAgainOf({ title });
  return (
    <div className={styles.pizza}>
      <Picture source={image} alt="" sizes="4.5rem" className={styles.picture} />
      <div className={styles.words}>
        <h2>{title}</h2>
        <p>{description}</p>
      </div>
      <div className={styles.price}>
        <Amount bitcoin={price} />
        {!available && <Chip tone="warm">{t.soldOut}</Chip>}
      </div>
      <div className={adminStyles.actions}>
        <Button
          look="quiet"
          size="small"
          aria-label={t.editOf({ title })}
          onClick={() => onTask({ kind: 'edit', pizza })}
        >
          {t.edit}
        </Button>
        <Button
          look="quiet"
          size="small"
          isBusy={isBusy}
          aria-label={saleOf}
          onClick={() => isBusy || onAvailable(!available)}
        >
          {sale}
        </Button>
        <Button
          look="quiet"
          size="small"
          aria-label={t.retireOf({ title })}
          onClick={() => onTask({ kind: 'retire', pizza })}
        >
          {t.retire}
        </Button>
      </div>
    </div>
  );
}
