import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';

const source = join(import.meta.dirname, '..');
/** What readers see or hear of an element, and of our own components. */
const SPOKEN =
  /^(aria-(label|description|roledescription|valuetext)|title|alt|placeholder|label|lead|hint|eyebrow)$/;
/** Names and units that are the same in every language. */
const ALLOWED = new Set(['JWT Pizza', 'ms']);

function isText(words: string): boolean {
  const text = words.trim();
  return /\p{L}{2}/u.test(text) && !ALLOWED.has(text.replace(/^[^\p{L}]+/u, ''));
}

const isComparison = (node: ts.Node) =>
  ts.isBinaryExpression(node) && /^[=!]==$/.test(node.operatorToken.getText());

/** Answers the literals an expression can come to: `ready ? 'yes' : 'no'` comes to both. */
function literalsOf(node: ts.Node): string[] {
  if (isComparison(node)) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text);
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (ts.isJsxExpression(node)) return node.expression ? literalsOf(node.expression) : [];
  return [];
}

function textsIn(node: ts.Node): string[] {
  const own = ts.isJsxText(node)
    ? [node.text]
    : ts.isJsxAttribute(node)
      ? SPOKEN.test(node.name.getText()) && node.initializer
        ? literalsOf(node.initializer)
        : []
      : ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)
        ? literalsOf(node)
        : [];
  return [...own.filter(isText), ...node.getChildren().flatMap(textsIn)];
}

function findTexts(code: string): string[] {
  return textsIn(ts.createSourceFile('part.tsx', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
}

it.each([
  ['<p>Hello there</p>', 'Hello there'],
  ['<img alt="A pizza" />', 'A pizza'],
  ["<b title={isReady ? 'Ready' : undefined} />", 'Ready'],
  ['<p>{isReady && (`Ready` + minutes)}</p>', 'Ready'],
])('a text in %s is found', (code, text) => {
  expect(findTexts(`const part = ${code};`)).toEqual([text]);
});

it('every text stands in the catalogue, none in a component', () => {
  const found = globSync('**/*.tsx', { cwd: source }).flatMap((file) =>
    findTexts(readFileSync(join(source, file), 'utf8')).map((text) => `${file}: ${text.trim()}`),
  );
  expect(found).toEqual([]);
});
