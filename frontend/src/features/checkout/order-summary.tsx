import { bitcoinFromSatoshi, sumSatoshi, toSatoshi } from '#contract/money.ts';
import { classNames } from '../../lib/class-names.ts';
import { satoshiOf } from '../../lib/format.ts';
import { useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { Picture } from '../../ui/picture.tsx';
import { Ticket, TicketRow } from '../../ui/ticket.tsx';
import type { Cart } from '../cart/cart.ts';
import type { CheckedCart, CheckedLine } from './check-cart.ts';
import styles from './payment.module.css';
import type { CartRemedies } from './payment.tsx';

const totalOf = ({ line, price }: CheckedLine) => toSatoshi(satoshiOf(price) * line.quantity);

function IssueOf({ checked, remedies }: { checked: CheckedLine; remedies: CartRemedies }) {
  const t = useTexts('checkout');
  const { line, issue, price } = checked;
  if (!issue) return price === line.price ? null : <p className={styles.cheaper}>{t.cheaper}</p>;
  return (
    <div className={styles.issue}>
      {issue.kind === 'dearer' && (
        <p>
          <span>{t.dearerFrom}</span> <Amount bitcoin={line.price} />
          <span>{`, ${t.dearerTo}`}</span> <Amount bitcoin={issue.price} />
        </p>
      )}
      {issue.kind === 'sold-out' && <p>{t.soldOut}</p>}
      {issue.kind === 'gone' && <p>{t.gone}</p>}
      <div className="cluster">
        {issue.kind === 'dearer' && (
          <Button
            size="small"
            aria-label={t.acceptNamed({ title: line.title })}
            onClick={() => remedies.setPrice(line.key, issue.price)}
          >
            {t.useNewPrice}
          </Button>
        )}
        <Button
          size="small"
          look="quiet"
          aria-label={t.removeNamed({ title: line.title })}
          onClick={() => remedies.remove(line.key)}
        >
          {t.remove}
        </Button>
      </div>
    </div>
  );
}

/** The ticket that goes to the kitchen, with what changed since the cart was filled. */
export function OrderSummary({
  cart,
  checked,
  remedies,
}: {
  cart: Cart;
  checked: CheckedCart;
  remedies: CartRemedies;
}) {
  const t = useTexts('checkout');
  return (
    <Ticket>
      <p className="muted">{t.orderFrom}</p>
      <p className={styles.store}>
        <span>{cart.store?.storeName}</span> <small>{cart.store?.franchiseName}</small>
      </p>
      <ul className={styles.lines}>
        {checked.lines.map((one) => (
          <li key={one.line.key} className={classNames(styles.line, one.issue && styles.marked)}>
            <div>
              <Picture source={one.line.image} alt="" sizes="4rem" />
            </div>
            <div>
              <TicketRow label={<strong>{`${one.line.quantity} × ${one.line.title}`}</strong>}>
                <Amount bitcoin={bitcoinFromSatoshi(totalOf(one))} />
              </TicketRow>
              {one.line.note && (
                <p className={styles.note}>
                  <span>{t.note}</span> <span>{one.line.note}</span>
                </p>
              )}
              <IssueOf checked={one} remedies={remedies} />
            </div>
          </li>
        ))}
      </ul>
      <TicketRow label={t.total} isStrong>
        <Amount bitcoin={bitcoinFromSatoshi(sumSatoshi(checked.lines.map(totalOf)))} />
      </TicketRow>
    </Ticket>
  );
}
