import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local-stack/project-root.ts';

export interface Block {
  language: string;
  text: string;
}

export interface Document {
  /** From the root of the project. */
  path: string;
  /** The lines outside of fenced blocks. */
  prose: string;
  blocks: Block[];
}

// What git does not keep. An export of the project has no git to ask.
const NOT_OURS = new Set([
  'node_modules',
  'dist',
  'test-results',
  'playwright-report',
  '.git',
  '.data',
  '.cache',
]);
const FENCE = /^ *(`{3,}|~{3,})(.*)$/;
const INLINE_CODE = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g;
const LINKS = [
  /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g,
  /\b(?:src|href)="([^"]*)"/g,
  /^ *\[[^\]]+\]: *(\S+)/gm,
  /(?<![("\w/])(https?:\/\/[^\s<>)"|]+)/g,
];

/** Every file below a folder of the project, by its path from the root. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

export function parseDocument(path: string, text: string): Document {
  const prose: string[] = [];
  const blocks: Block[] = [];
  let open: { fence: string; language: string; lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [, fence = '', language = ''] = FENCE.exec(line) ?? [];
    if (open && fence.startsWith(open.fence) && language.trim() === '') {
      blocks.push({ language: open.language, text: open.lines.join('\n') });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence !== '') open = { fence, language: language.trim(), lines: [] };
    else prose.push(line);
  }
  if (open) throw new Error(`${path}: a block is not closed`);
  return { path, prose: prose.join('\n'), blocks };
}

/** Every document of the project. */
export const readDocuments = (): Document[] =>
  filesBelow('')
    .filter((path) => path.endsWith('.md'))
    .map((path) => parseDocument(path, readFileSync(join(projectRoot, path), 'utf8')));

/** What stands between backticks in the running text. */
export const inlineCodeOf = ({ prose }: Document): string[] =>
  [...prose.matchAll(INLINE_CODE)].map(([, , code = '']) => code.trim());

/** Where links and pictures lead to, as written. */
export function linksOf({ prose }: Document): string[] {
  const bare = prose.replace(INLINE_CODE, ' ');
  return LINKS.flatMap((form) => [...bare.matchAll(form)].map(([, target = '']) => target));
}

/** What `#` may be followed by in a link to a document: GitHub's names of its headings. */
export function fragmentsOf({ prose }: Document): string[] {
  const seen = new Map<string, number>();
  return [...prose.matchAll(/^ {0,3}#{1,6} +(.+?)(?: +#+)? *$/gm)].map(([, heading = '']) => {
    const name = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}-${before}`;
  });
}
