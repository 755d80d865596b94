import { hasCode } from '../../lib/api-error.ts';
import { describeError } from '../../lib/error-texts.ts';
import { useStaffTexts, useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { useChangeOrder } from './operations.api.ts';

/** Cancels an order that waits, or tries a failed one again. */
export function OrderAction({ orderId, change: input }: { orderId: number; change: 'cancel' | 'retry' }) {
  const texts = useStaffTexts('operations');
  const t = texts.queue;
  const errors = useTexts('errors');
  const change = useChangeOrder(orderId);
  return (
    <>
      {input === 'cancel' ? (
        <ConfirmButton
          size="small"
          name={t.cancelNumber({ id: orderId })}
          question={t.cancelQuestion({ id: orderId })}
          texts={texts}
          isBusy={change.isPending}
          onConfirm={() => change.mutate('cancel')}
        >
          {t.cancel}
        </ConfirmButton>
      ) : (
        <Button
          size="small"
          look="quiet"
          aria-label={t.tryAgainNumber({ id: orderId })}
          isBusy={change.isPending}
          onClick={() => !change.isPending && change.mutate('retry')}
        >
          {t.tryAgain}
        </Button>
      )}
      {change.error && (
        <p role="alert">
          {hasCode(change.error, 'state_conflict') ? t.moved : describeError(change.error, errors)}
        </p>
      )}
    </>
  );
}
