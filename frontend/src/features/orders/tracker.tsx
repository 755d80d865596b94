import type { OrderState } from '#contract/order-lifecycle.ts';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './tracker.module.css';

const steps = ['placed', 'oven', 'checked', 'ready'] as const;

/** The step that is going on; one past the end when all are done. */
const currentStep: Record<OrderState, number> = { making: 1, waiting: 1, ready: 4, failed: 1, cancelled: 1 };

/** The four stations of a pizza. */
export function Tracker({ status }: { status: OrderState }) {
  const t = useTexts('orders').delivery;
  const current = currentStep[status];
  return (
    <ol className={classNames(styles.tracker, styles[status])} aria-label={t.tracker}>
      {steps.map((step, index) => {
        const state = index < current ? 'done' : index === current ? 'now' : 'ahead';
        return (
          <li key={step} className={styles[state]} aria-current={state === 'now' ? 'step' : undefined}>
            <span className={styles.mark}>{state === 'done' && <Icon name="check" size={18} />}</span>
            <span>
              <span>{t.steps[step]}</span>
              <span className="visually-hidden">{`, ${t.stepStates[state]}`}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
