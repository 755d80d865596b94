import type { Order } from '#contract/orders.ts';
import { hasCode } from '../../lib/api-error.ts';
import { describeError } from '../../lib/error-texts.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type OrderChange, useChangeOrder } from './orders.api.ts';

/** The button that fits the order's state: take a waiting one back, try a failed one again. */
export function OrderChanges({ order }: { order: Order }) {
  const t = useTexts('orders').delivery;
  const errors = useTexts('errors');
  const change = useChangeOrder(order.id);
  const fitting: OrderChange | undefined =
    order.status === 'waiting' ? 'cancel' : order.status === 'failed' ? 'retry' : undefined;
  // The order moved on while the button was pressed; what the page shows next is the answer.
  const problem = hasCode(change.error, 'state_conflict') ? null : change.error;
  return (
    <>
      {fitting && (
        <Button
          look={fitting === 'retry' ? 'main' : 'quiet'}
          isBusy={change.isPending}
          onClick={() => !change.isPending && change.mutate(fitting)}
        >
          {fitting === 'cancel' ? t.cancel : t.tryAgain}
        </Button>
      )}
      {problem && <Notice tone="bad">{describeError(problem, errors)}</Notice>}
    </>
  );
}
