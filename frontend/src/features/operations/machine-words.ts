import type { StaffTextsOf } from '../../lib/texts.ts';

type Texts = StaffTextsOf<'operations'>;

/** How a call ended, in the reader's language; an outcome nobody has words for as the machine names it. */
export function outcomeWords(outcome: string, { outcomes }: Pick<Texts, 'outcomes'>): string {
  return (outcomes as Partial<Record<string, string>>)[outcome] ?? outcome;
}

/** Why an order waits or failed; a reason of a newer service as the machine names it. */
export function reasonWords(reason: string, { reasons }: Pick<Texts, 'reasons'>): string {
  return (reasons as Partial<Record<string, string>>)[reason] ?? reason;
}

export type Tone = 'good' | 'warm' | 'bad';

/** Whether a call ended well. */
export function outcomeTone(outcome: string): Tone {
  if (outcome === 'made' || outcome === 'well') return 'good';
  return outcome === 'made_slow' ? 'warm' : 'bad';
}
