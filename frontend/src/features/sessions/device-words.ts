import type { OwnSession } from '#contract/sessions.ts';
import type { TextsOf } from '../../lib/texts.ts';

/** `Firefox on Linux`, or as much of it as the device tells. */
export function deviceWords(
  { program, system }: Pick<OwnSession, 'program' | 'system'>,
  texts: TextsOf<'sessions'>,
): string {
  if (program !== null && system !== null) return texts.device({ program, system });
  return program ?? system ?? texts.unknownDevice;
}
