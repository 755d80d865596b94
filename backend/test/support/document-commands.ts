import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local-stack/project-root.ts';
import { type Document, inlineCodeOf, readDocuments } from './documents.ts';

export interface Command {
  text: string;
  /** The paths of the documents that name it. */
  documents: string[];
}

/** A program of operators in `backend/src`, with its words. */
export interface OperatorCommand {
  script: string;
  words: string[];
}

/** A command of npm: which script of package.json, and what follows `--`. */
export interface NpmCommand {
  script: string;
  words: string[];
}

const SHELLS = ['sh', 'bash', 'shell'];
const INLINE =
  /^(?:[A-Z][A-Z\d_]*=\S* )*(?:npm (?:run|start|test|ci|install)\b|curl |docker |pizza |promtool |node (?:.* )?\S+\.m?[jt]s\b)/;
const COMMENT = /("(?:\\.|[^"\\])*"|'[^']*')|(?:^|\s)#.*$/gm;
const CONTINUED = /(?:[ \t]*\\\n|(?<=&&|\|)[ \t]*\n)\s*/g;
const WORD = /(?:"(?:\\.|[^"\\])*"|'[^']*'|<\w[^>]*>|\S)+/g;
const ASSIGNMENT = /^(?:export )?[A-Za-z_]\w*=(?:'[^']*'|"[^"]*"|\$\(.*\)|[^\s$]*)$/;
// Alone they are names of commands, and tell how they are used.
const TELLS_USAGE = ['commands/factory.ts', 'commands/figures.ts', 'commands/create-admin.ts'];

export const packageScripts: Record<string, string> = (
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
).scripts;

/** Those whose commands are a promise to whoever uses or runs the product. */
export const readGuides = (): Document[] =>
  readDocuments().filter(({ path }) =>
    /^(?:README|CONTRIBUTING|docs\/.*|ops\/README|backend\/[^/]+\/README)\.md$/.test(path),
  );

/** The lines of a block of the shell that do something, those that go on below joined. */
export const linesOf = (block: string): string[] =>
  block
    .replace(COMMENT, (_comment, quoted?: string) => quoted ?? '')
    .replace(CONTINUED, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export const shellBlocksOf = ({ blocks }: Document): string[] =>
  blocks.filter(({ language }) => SHELLS.includes(language)).map(({ text }) => text);

/** Every command that a document names, in its order: of its blocks, then of its running text. */
export const commandsOf = (document: Document): string[] => [
  ...shellBlocksOf(document)
    .flatMap(linesOf)
    .flatMap((line) => (line.includes('$(') ? [line] : line.split(/ && /))),
  ...inlineCodeOf(document).filter((code) => INLINE.test(code)),
];

/** Every command of the guides, once. */
export function readCommands(): Command[] {
  const documents = new Map<string, Set<string>>();
  for (const guide of readGuides())
    for (const text of commandsOf(guide))
      documents.set(text, (documents.get(text) ?? new Set()).add(guide.path));
  return [...documents].map(([text, paths]) => ({ text, documents: [...paths] }));
}

export const wordsOf = (text: string): string[] =>
  [...text.matchAll(WORD)].map(([word]) => word.replace(/["']/g, ''));

/** Without the settings that stand before it. */
const bareWordsOf = (text: string): string[] => {
  const words = wordsOf(text);
  return words.slice(words.findIndex((word) => !/^[A-Z][A-Z\d_]*=/.test(word)));
};

export function npmCommandOf(text: string): NpmCommand | undefined {
  const [program, ...rest] = bareWordsOf(text);
  if (program !== 'npm') return undefined;
  const end = rest.indexOf('--');
  const own = (end < 0 ? rest : rest.slice(0, end)).filter((word) => !word.startsWith('--'));
  const words = end < 0 ? [] : rest.slice(end + 1);
  const [verb = '', script = ''] = own;
  if (verb === 'ci' || verb === 'install') return undefined;
  return { script: verb === 'run' ? script : verb, words };
}

/** The program that a command runs: by npm, by node, or by node in the container of the service. */
export function operatorCommandOf(text: string): OperatorCommand | undefined {
  const npm = npmCommandOf(text);
  const started = npm ? wordsOf(packageScripts[npm.script] ?? '').at(-1) : undefined;
  const [, byNode, nodeWords = ''] =
    /^(?:(?:pizza|docker compose)\b.* (?:exec|run)\b.* service )?node (\S+)(.*)$/.exec(text) ?? [];
  const [, script] = /^backend\/src\/((?:commands\/)?[\w-]+\.ts)$/.exec(started ?? byNode ?? '') ?? [];
  if (script === undefined || script === 'main.ts') return undefined;
  const words = npm ? npm.words : wordsOf(nodeWords);
  return words.length === 0 && TELLS_USAGE.includes(script) ? undefined : { script, words };
}

/** Asks something by HTTP, or keeps what the next one of its document asks with. */
export const isForTheWeb = (text: string): boolean =>
  /^(?:[A-Za-z_]\w*=\$\()?curl /.test(text) || ASSIGNMENT.test(text);
