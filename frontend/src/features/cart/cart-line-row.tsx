import { useState } from 'react';
import { bitcoinFromSatoshi } from '#contract/money.ts';
import { useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { TicketRow } from '../../ui/ticket.tsx';
import { type CartLine, LONGEST_NOTE, lineTotal } from './cart.ts';
import styles from './cart-line-row.module.css';
import { cartActions } from './use-cart.ts';

export function CartLineRow({ line, isFull }: { line: CartLine; isFull: boolean }) {
  const t = useTexts('cart');
  const [hasNote, setHasNote] = useState(line.note !== '');
  const { key, title, quantity } = line;
  return (
    <li className={styles.line}>
      <TicketRow label={<strong>{title}</strong>}>
        <Amount bitcoin={bitcoinFromSatoshi(lineTotal(line))} />
      </TicketRow>
      <div className={styles.tools}>
        <fieldset aria-label={t.quantity({ title, count: quantity })} className={styles.stepper}>
          <button
            type="button"
            aria-label={t.less({ title })}
            onClick={() => cartActions.setQuantity(key, quantity - 1)}
          >
            <Icon name="minus" size={16} />
          </button>
          <output>{quantity}</output>
          <button
            type="button"
            aria-label={t.more({ title })}
            disabled={isFull}
            onClick={() => cartActions.setQuantity(key, quantity + 1)}
          >
            <Icon name="plus" size={16} />
          </button>
        </fieldset>
        {!hasNote && (
          <Button
            look="plain"
            size="small"
            aria-label={t.addNoteNamed({ title })}
            onClick={() => setHasNote(true)}
          >
            {t.addNote}
          </Button>
        )}
        <Button
          look="plain"
          size="small"
          aria-label={t.removeNamed({ title })}
          onClick={() => cartActions.remove(key)}
        >
          {t.remove}
        </Button>
      </div>
      {hasNote && (
        <input
          // biome-ignore lint/a11y/noAutofocus: it opens because the reader has just asked for it
          autoFocus={line.note === ''}
          aria-label={t.note({ title })}
          className={styles.note}
          maxLength={LONGEST_NOTE}
          placeholder={t.notePlaceholder}
          value={line.note}
          onChange={(event) => cartActions.setNote(key, event.target.value)}
          onBlur={() => setHasNote(line.note !== '')}
        />
      )}
    </li>
  );
}
