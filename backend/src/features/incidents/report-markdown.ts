import type { IncidentReport, ReportBlock, ReportSpan } from '#contract/incident-reports.ts';

const MARKS = { text: '', code: '`', strong: '**' } as const;

function renderSpans(spans: readonly ReportSpan[]): string {
  return spans.map(({ kind, text }) => `${MARKS[kind]}${text}${MARKS[kind]}`).join('');
}

const renderRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function renderBlock(block: ReportBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return renderSpans(block.spans);
    case 'blank':
      return `_${block.text}_`;
    case 'list':
      return block.items.map((item) => `- ${renderSpans(item)}`).join('\n');
    case 'tasks':
      return block.items.map((item) => `- [ ] ${renderSpans(item)}`).join('\n');
    case 'table':
      return [
        renderRow(block.head),
        `|${'---|'.repeat(block.head.length)}`,
        ...block.rows.map((cells) => renderRow(cells.map(renderSpans))),
      ].join('\n');
  }
}

/** The report as a file to keep. Escapes nothing: whatever is of the outside world was spelled out before (`quoted`). */
export function renderReport({ title, byline, sections }: IncidentReport): string {
  const parts = sections.flatMap(({ heading, blocks }) => [`## ${heading}`, ...blocks.map(renderBlock)]);
  return [`# ${title}`, byline, ...parts].join('\n\n').concat('\n');
}
