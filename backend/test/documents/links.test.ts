import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../local-stack/project-root.ts';
import {
  type Document,
  filesBelow,
  fragmentsOf,
  linksOf,
  parseDocument,
  readDocuments,
} from '../support/documents.ts';

const documents = readDocuments();
const byPath = new Map(documents.map((document) => [document.path, document]));
const isExternal = (link: string): boolean => /^[a-z][a-z+.-]*:/i.test(link);

interface Target {
  /** From the root of the project. */
  path: string;
  fragment: string | undefined;
}

function targetOf(document: Document, link: string): Target {
  const [file = '', fragment] = link.split('#');
  const path = file === '' ? document.path : normalize(join(dirname(document.path), decodeURI(file)));
  return { path: path.replace(/\/$/, ''), fragment };
}

/** What is wrong with a link, if anything. */
function faultOf(document: Document, link: string): string | undefined {
  if (isExternal(link)) return isSafeAddress(link) ? undefined : 'is no well-formed https address';
  if (link.startsWith('/')) return 'is absolute';
  const { path, fragment } = targetOf(document, link);
  if (path.startsWith('..')) return 'leaves the project';
  if (!existsSync(join(projectRoot, path))) return 'leads nowhere';
  if (fragment === undefined) return undefined;
  const target = byPath.get(path);
  if (!target) return 'has a fragment, and is no document';
  return fragmentsOf(target).includes(fragment) ? undefined : 'names no heading';
}

function isSafeAddress(link: string): boolean {
  const address = URL.parse(link);
  return address?.protocol === 'https:' && /^[\w-]+(\.[\w-]+)+$/.test(address.hostname);
}

/** The files that a link opens; a folder shows what lies directly in it. */
function opens({ path }: Target): string[] {
  if (!existsSync(join(projectRoot, path))) return [];
  if (!statSync(join(projectRoot, path)).isDirectory()) return [path];
  return filesBelow(path).filter((file) => dirname(file) === path);
}

function reachableFrom(start: string): Set<string> {
  const reached = new Set([start]);
  for (const path of reached) {
    const document = byPath.get(path);
    if (!document) continue;
    const links = linksOf(document).filter((link) => !isExternal(link));
    for (const file of links.flatMap((link) => opens(targetOf(document, link)))) reached.add(file);
  }
  return reached;
}

it('the documents are found, with their links', () => {
  expect([...byPath.keys()]).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
  expect(documents.flatMap(linksOf).length).toBeGreaterThan(50);
});

describe.each(documents.map((document) => [document.path, document] as const))('%s', (_path, document) => {
  it('has no link or picture that leads nowhere', () => {
    const faults = linksOf(document).flatMap((link) => {
      const fault = faultOf(document, link);
      return fault === undefined ? [] : `${link} ${fault}`;
    });
    expect(faults).toEqual([]);
  });
});

it('every file of docs/ can be reached by links from the README', () => {
  const reached = reachableFrom('README.md');
  expect(filesBelow('docs').filter((file) => !reached.has(file))).toEqual([]);
});

it('a heading has the name that GitHub gives it', () => {
  const page = parseDocument(
    'page.md',
    "# The `factory's` key\n## Verify, tell: close\n```sh\n# no heading\n```\n## [Back](x.md) – now!\n## Verify, tell: close ##\n",
  );
  expect(fragmentsOf(page)).toEqual([
    'the-factorys-key',
    'verify-tell-close',
    'back--now',
    'verify-tell-close-1',
  ]);
});

it('what workflows, templates and npm scripts name of this project is there', () => {
  const texts = ['package.json', ...filesBelow('.github')].map((path) =>
    readFileSync(join(projectRoot, path), 'utf8'),
  );
  const named = texts.flatMap((text) =>
    [
      ...text.matchAll(
        /(?<![\w/.:-])(?:\.\/)?((?:backend|frontend|scripts|ops|docs|\.ci|\.github)\/[\w./-]*)/g,
      ),
    ].map(([, path = '']) => path.replace(/[./]+$/, '')),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
});
