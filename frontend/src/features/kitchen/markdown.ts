export interface Inline {
  kind: 'text' | 'code' | 'strong';
  text: string;
}

export type Block =
  | { kind: 'heading'; level: number; text: Inline[] }
  | { kind: 'paragraph'; isBlank: boolean; text: Inline[] }
  | { kind: 'list'; items: { isTask: boolean; text: Inline[] }[] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] };

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*/g;

function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong = ''] = match;
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push(code === undefined ? { kind: 'strong', text: strong } : { kind: 'code', text: code });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

const cellsOf = (line: string): Inline[][] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));

function parseBlock(lines: string[]): Block {
  const [first = ''] = lines;
  const heading = /^(#{1,6}) (.*)$/.exec(first);
  if (heading)
    return { kind: 'heading', level: heading[1]?.length ?? 1, text: parseInline(heading[2] ?? '') };
  if (lines.every((line) => line.startsWith('- '))) {
    const items = lines.map((line) => {
      const text = line.slice('- '.length);
      return { isTask: text.startsWith('[ ] '), text: parseInline(text.replace(/^\[ \] /, '')) };
    });
    return { kind: 'list', items };
  }
  if (lines.length >= 2 && lines.every((line) => line.startsWith('|'))) {
    const [head = '', , ...rows] = lines;
    return { kind: 'table', head: cellsOf(head), rows: rows.map(cellsOf) };
  }
  const text = lines.join(' ');
  // A blank is what only a person can fill in; the report sets it in italics.
  const isBlank = /^_.*_$/.test(text);
  return { kind: 'paragraph', isBlank, text: parseInline(isBlank ? text.slice(1, -1) : text) };
}

/**
 * Reads as much Markdown as an incident's report is written in: headings, paragraphs, lists, tables, code, bold. What
 * it does not know stays the text it is, HTML above all; nothing here or later makes elements out of a text.
 */
export function parseMarkdown(text: string): Block[] {
  return text
    .split(/\r?\n[ \t]*(?:\r?\n)+/)
    .map((block) => block.split(/\r?\n/).filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map(parseBlock);
}
