import type { DinerAnswer, DinerOrder } from './logs.ts';

export type Answer = Omit<DinerAnswer, 'times'>;

/** Writes down what a client was told. */
export function tell(dinerOrder: DinerOrder, answer: Answer): void {
  const last = dinerOrder.answers.at(-1);
  if (last && isSame(last, answer)) last.times += 1;
  else dinerOrder.answers.push({ ...answer, times: 1 });
}

function isSame(one: Answer, other: Answer): boolean {
  const fields = ['by', 'httpStatus', 'code', 'orderId', 'state', 'jwt'] as const;
  return fields.every((field) => one[field] === other[field]);
}

/** Nothing was decided: the same request is to be sent again under the same key. */
export function isToBeRepeated({ by, httpStatus, code }: Answer): boolean {
  if (by === 'looking') return httpStatus !== 200;
  return httpStatus === 0 || httpStatus === 503 || code === 'key_in_use';
}

/** What a plain client was told that did not come again: nothing was stored, or nobody knows. */
export function isTurnedAway({ key }: DinerOrder, answer: Answer): boolean {
  return key === undefined && answer.by === 'placing' && isToBeRepeated(answer);
}

/** Whether the client was told that nobody knows if its order was stored, or was told nothing. */
export function isUnknown({ httpStatus, code }: Answer): boolean {
  return httpStatus === 0 || code === 'outcome_unknown';
}

/** A placing that was turned down for good, whatever the reason. */
export function isRefusal(answer: Answer): boolean {
  return (
    answer.by === 'placing' &&
    !isToBeRepeated(answer) &&
    answer.httpStatus !== 200 &&
    answer.httpStatus !== 202
  );
}

export function isFinal({ state }: Answer): boolean {
  return state === 'ready' || state === 'failed' || state === 'cancelled';
}

/** Every order a dinerOrder was told to be. */
export function ordersTold({ answers }: DinerOrder): number[] {
  return [...new Set(answers.flatMap(({ orderId }) => (orderId === undefined ? [] : [orderId])))];
}

/** The answer that ended the dinerOrder: final, a refusal, or one that sent a plain client away. */
export function findEnd(dinerOrder: DinerOrder): DinerAnswer | undefined {
  return dinerOrder.answers.find(
    (answer) => isFinal(answer) || isRefusal(answer) || isTurnedAway(dinerOrder, answer),
  );
}

export function findPizza({ answers }: DinerOrder): DinerAnswer | undefined {
  return answers.find(({ jwt }) => jwt !== undefined);
}
