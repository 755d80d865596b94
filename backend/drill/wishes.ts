import type { Telling, Wish } from './journals.ts';

export type Answer = Omit<Telling, 'times'>;

/** Writes down what a client was told. */
export function tell(wish: Wish, answer: Answer): void {
  const last = wish.tellings.at(-1);
  if (last && isSame(last, answer)) last.times += 1;
  else wish.tellings.push({ ...answer, times: 1 });
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

/** Every order a wish was told to be. */
export function ordersTold({ tellings }: Wish): number[] {
  return [...new Set(tellings.flatMap(({ orderId }) => (orderId === undefined ? [] : [orderId])))];
}

/** The answer that ended the wish: final, or a refusal. */
export function findEnd({ tellings }: Wish): Telling | undefined {
  return tellings.find((telling) => isFinal(telling) || isRefusal(telling));
}

export function findPizza({ tellings }: Wish): Telling | undefined {
  return tellings.find(({ jwt }) => jwt !== undefined);
}
