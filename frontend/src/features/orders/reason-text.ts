import type { TextsOf } from '../../lib/texts.ts';

type Reasons = TextsOf<'orders'>['reasons'];

/** The reasons the service gives (backend/src/features/orders/orders.presenter.ts), held complete by a test. */
const known: Partial<Record<string, keyof Reasons>> = {
  'The oven is full. Your order is safe and next in line.': 'ovenFull',
  'The factory takes very long. Your order is safe.': 'slow',
  'The factory is having trouble. Your order is safe.': 'trouble',
  'The kitchen pauses for a moment. Your order is safe.': 'held',
  'We are picking your order up again.': 'pickedUp',
  'A pizza did not pass our check, so we ask for a better one.': 'badPizza',
  'The factory is busy. Your order is safe.': 'busy',
  'The factory cannot be reached. Your order is safe.': 'unreachable',
  'The factory cannot make this order.': 'rejected',
  'The factory could not make it. You were not charged.': 'tooManyFailures',
  'It took too long. You were not charged.': 'tookTooLong',
  'The factory could not make it in time. You were not charged.': 'notInTime',
  'It was cancelled by us. You were not charged.': 'cancelledByUs',
  'Something is wrong with this order. You were not charged.': 'broken',
};

/** Answers why an order waits or failed in the reader's language; a reason we do not know as the service gives it. */
export function reasonText(reason: string, texts: Reasons): string {
  const key = known[reason];
  return key ? texts[key] : reason;
}
