import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';

/*
 * Translators (Google Translate, and others in browsers) put a node of their own in the place of a text. React then
 * holds on to one that is not on the page: the text stands still, and what is put in before it breaks the page. An
 * element's only text React sets by way of the element, so each text stands alone in an element of its own.
 */
const frontend = join(import.meta.dirname, '../..');

/** What any part of a page may be; whoever hands over a text so has it in an element already. */
const isAnyNode = (type: ts.Type): boolean =>
  type.isUnion() &&
  type.types.some((one) => one.symbol?.name === 'Promise' || one.symbol?.name === 'ReactPortal');

function canBeText(type: ts.Type): boolean {
  if (isAnyNode(type)) return false;
  if (type.isUnion()) return type.types.some(canBeText);
  // An empty text is none: `title && <p>…</p>`.
  if (type.isStringLiteral() && type.value === '') return false;
  return (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike)) !== 0;
}

/** Space between elements is left alone by translators. */
function isSpace(child: ts.JsxChild): boolean {
  if (ts.isJsxText(child)) return child.text.trim() === '';
  if (!ts.isJsxExpression(child)) return false;
  const { expression } = child;
  return !expression || (ts.isStringLiteral(expression) && expression.text.trim() === '');
}

function crowdedTexts(node: ts.Node, checker: ts.TypeChecker): ts.Node[] {
  const deeper: ts.Node[] = [];
  ts.forEachChild(node, (child) => void deeper.push(...crowdedTexts(child, checker)));
  if (!ts.isJsxElement(node) && !ts.isJsxFragment(node)) return deeper;
  const children = node.children.filter((child) => !isSpace(child));
  if (children.length === 1 && ts.isJsxElement(node)) return deeper;
  const isText = (child: ts.JsxChild): boolean => {
    if (ts.isJsxText(child)) return true;
    if (!ts.isJsxExpression(child) || !child.expression) return false;
    const isConditional = ts.isBinaryExpression(child.expression);
    const shown = isConditional ? (child.expression as ts.BinaryExpression).right : child.expression;
    return canBeText(checker.getTypeAtLocation(shown));
  };
  return [...deeper, ...children.filter(isText)];
}

function createProgram(): ts.Program {
  const { config } = ts.readConfigFile(join(frontend, 'tsconfig.json'), ts.sys.readFile) as {
    config: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, frontend);
  return ts.createProgram(
    fileNames.filter((name) => !/\.(test|spec)\.tsx?$/.test(name)),
    options,
  );
}

it('no text has a neighbour in its element, so that a translator may replace it', () => {
  const program = createProgram();
  const found = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(frontend) && fileName.endsWith('.tsx'))
    .flatMap((file) =>
      crowdedTexts(file, program.getTypeChecker()).map((node) => {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        return `${file.fileName.slice(frontend.length + 1)}:${line + 1}: ${node.getText().trim()}`;
      }),
    );
  expect(found).toEqual([]);
}, 60_000);
