import type { ReportBlock, ReportSpan } from '#contract/incident-reports.ts';

/** What a sentence of a report is made of: its words, and what in it stands out. */
export type Words = string | number | ReportSpan | readonly ReportSpan[];

export function code(text: string): ReportSpan {
  return { kind: 'code', text };
}

export function strong(text: string): ReportSpan {
  return { kind: 'strong', text };
}

function spansOf(words: Words): readonly ReportSpan[] {
  if (typeof words === 'object') return 'kind' in words ? [words] : words;
  return [{ kind: 'text', text: String(words) }];
}

function append(spans: ReportSpan[], span: ReportSpan): ReportSpan[] {
  const last = spans.at(-1);
  if (span.kind === 'text' && span.text === '') return spans;
  if (last?.kind !== 'text' || span.kind !== 'text') return [...spans, span];
  return [...spans.slice(0, -1), { kind: 'text', text: last.text + span.text }];
}

/** Puts words one after another, with this text in between. */
export function join(parts: readonly Words[], between = ' '): ReportSpan[] {
  return parts
    .flatMap((part, place) => [...(place > 0 ? spansOf(between) : []), ...spansOf(part)])
    .reduce(append, []);
}

/** A sentence with words in it that stand out: `` words`The factory ${code(name)} was slow.` ``. */
export function words(texts: TemplateStringsArray, ...parts: readonly Words[]): ReportSpan[] {
  return join(
    texts.flatMap((text, place) => [text, ...parts.slice(place, place + 1)]),
    '',
  );
}

export function paragraph(...sentences: readonly Words[]): ReportBlock {
  return { kind: 'paragraph', spans: join(sentences) };
}

/** What the record cannot know. */
export function blankFor(question: string): ReportBlock {
  return { kind: 'blank', text: `To be filled in by a person: ${question}` };
}
