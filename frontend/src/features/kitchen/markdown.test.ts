import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parseMarkdown } from './markdown.ts';

const example = readFileSync(join(import.meta.dirname, '../../../../docs/incidents/example-fail.md'), 'utf8');

it('a report as the product writes it is read whole: its headings, its table, its tasks and its blanks', () => {
  const blocks = parseMarkdown(example);
  const headings = blocks.filter((block) => block.kind === 'heading');
  expect(headings.map(({ level, text }) => [level, text.map((part) => part.text).join('')])).toEqual(
    [...example.matchAll(/^(#+) (.*)$/gm)].map(([, marks, title]) => [marks?.length, title]),
  );
  const [table] = blocks.filter((block) => block.kind === 'table');
  expect(table?.head).toHaveLength(4);
  expect(table?.rows).toHaveLength(7);
  expect(table?.rows.every((cells) => cells.length === 4)).toBe(true);
  expect(blocks.filter((block) => block.kind === 'paragraph' && block.isBlank)).toHaveLength(
    example.match(/^_To be filled in/gm)?.length ?? 0,
  );
  const lists = blocks.filter((block) => block.kind === 'list');
  expect(lists.map(({ items }) => items.map(({ isTask }) => isTask))).toEqual([[false, false], [true]]);
});

it('code and bold are told apart from the text around them', () => {
  expect(parseMarkdown('The factory `http://f:1` is **open** now')).toEqual([
    {
      kind: 'paragraph',
      isBlank: false,
      text: [
        { kind: 'text', text: 'The factory ' },
        { kind: 'code', text: 'http://f:1' },
        { kind: 'text', text: ' is ' },
        { kind: 'strong', text: 'open' },
        { kind: 'text', text: ' now' },
      ],
    },
  ]);
});

it('HTML and links stay text, whatever they say', () => {
  const hostile = '<img src=x onerror=alert(1)> [a](javascript:b)';
  expect(parseMarkdown(hostile)).toEqual([
    { kind: 'paragraph', isBlank: false, text: [{ kind: 'text', text: hostile }] },
  ]);
});
