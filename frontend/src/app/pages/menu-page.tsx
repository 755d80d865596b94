import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { MenuItem } from '#contract/menu.ts';
import { countPizzas } from '../../features/cart/cart.ts';
import { CartBar } from '../../features/cart/cart-bar.tsx';
import { CartTicket } from '../../features/cart/cart-ticket.tsx';
import { cartActions, useCart } from '../../features/cart/use-cart.ts';
import { MenuList } from '../../features/menu/menu-list.tsx';
import { StorePicker } from '../../features/menu/store-picker.tsx';
import { useTexts } from '../../lib/texts.ts';
import { PageHeading, Section } from '../../ui/section.tsx';
import { paths } from '../paths.ts';
import styles from './menu-page.module.css';

const TICKET_ID = 'ticket';

export function MenuPage() {
  const t = useTexts('menu');
  const navigate = useNavigate();
  const { cart } = useCart();
  const storeInput = useRef<HTMLInputElement>(null);
  const [isStoreMissed, setIsStoreMissed] = useState(false);
  const [lastAdded, setLastAdded] = useState<string>();

  const countOf = (menuId: number) =>
    cart.lines.reduce((sum, line) => (line.menuId === menuId ? sum + line.quantity : sum), 0);
  const add = (pizza: MenuItem) => {
    cartActions.add(pizza);
    setLastAdded(pizza.title);
  };
  const checkout = () => {
    if (cart.store) {
      void navigate(paths.payment);
      return;
    }
    setIsStoreMissed(true);
    storeInput.current?.focus();
    storeInput.current?.scrollIntoView({ block: 'center' });
  };
  return (
    <Section>
      <PageHeading title={t.title} lead={t.lead} />
      <div className={styles.page}>
        <div>
          <StorePicker
            chosen={cart.store}
            onChoose={cartActions.chooseStore}
            error={isStoreMissed && !cart.store ? t.stores.required : undefined}
            inputRef={storeInput}
          />
        </div>
        <h2 className="visually-hidden">{t.pizzas}</h2>
        <MenuList storeId={cart.store?.storeId} countOf={countOf} onAdd={add} />
        <aside id={TICKET_ID} className={styles.ticket}>
          <CartTicket onCheckout={checkout} />
        </aside>
      </div>
      <p role="status" className="visually-hidden">
        {lastAdded && t.added({ title: lastAdded, count: countPizzas(cart) })}
      </p>
      <CartBar ticketId={TICKET_ID} onCheckout={checkout} />
    </Section>
  );
}
