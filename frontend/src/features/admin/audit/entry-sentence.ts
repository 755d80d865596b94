import type { AuditAction, AuditEntry } from '#contract/operations.ts';
import type { StaffTextsOf } from '../../../lib/texts.ts';

type AuditTexts = Pick<StaffTextsOf<'adminAudit'>, 'sentences' | 'other' | 'gone'>;

function hasSentence(action: string, texts: AuditTexts): action is AuditAction {
  return Object.hasOwn(texts.sentences, action);
}

/** What happened, as one would tell it. */
export function sentenceOf({ actor, action, subject, details }: AuditEntry, texts: AuditTexts): string {
  // Of what is gone, the record itself may still know what it was called.
  const name = subject.name ?? (typeof details.name === 'string' ? details.name : undefined);
  const words = { actor: actor.name, subject: name ?? texts.gone({ id: subject.id }) };
  if (!hasSentence(action, texts)) return texts.other({ ...words, action });
  return texts.sentences[action](words);
}
