import type { Order } from '#contract/orders.ts';
import { hasCode } from '../../lib/api-error.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { type OrderChange, useChangeOrder } from './orders.api.ts';

/** The button that fits the order's state: take a waiting one back, try a failed one again. */
export function OrderChanges({ order }: { order: Order }) {
  const t = useTexts('orders').delivery;
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
      <ErrorNotice error={problem} />
    </>
  );
}
