import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../drill/drill-options.ts';
import { projectRoot } from '../../local-stack/project-root.ts';
import { TEST_PARTS } from '../run/test-parts.ts';
import { readComposeFile } from '../support/compose-file.ts';
import {
  linesOf,
  npmCommandOf,
  packageScripts,
  readCommands,
  wordsOf,
} from '../support/document-commands.ts';
import { filesBelow } from '../support/documents.ts';

const commands = readCommands();
const npmCommands = commands.flatMap(({ text, documents }) => {
  const npm = npmCommandOf(text);
  return npm ? [{ text, documents, ...npm }] : [];
});
const isPlaceholder = (word: string): boolean => /^<.*>$/.test(word);

const testFiles = [...filesBelow('backend'), ...filesBelow('scripts'), ...filesBelow('frontend')];
const isOfRules = (file: string): boolean => file.startsWith('backend/test/alerts/');
const fits = (pattern: string) => (file: string) => new RegExp(pattern, 'i').test(file);

/** The files that a part of the tests would run for what is written after its name. */
function testsOf(part: string, pattern: string): string[] {
  const jestTests = testFiles.filter((file) => file.endsWith('.test.ts'));
  if (part === 'rules') return jestTests.filter(isOfRules).filter(fits(pattern));
  if (part === 'jest') return jestTests.filter((file) => !isOfRules(file)).filter(fits(pattern));
  return testFiles
    .filter((file) => file.endsWith('.spec.ts'))
    .filter((file) => fits(pattern)(file) || fits(pattern)(readFileSync(join(projectRoot, file), 'utf8')));
}

it('every npm command of a guide is a script of package.json', () => {
  const unknown = npmCommands.filter(({ script }) => packageScripts[script] === undefined);
  expect(unknown).toEqual([]);
});

it('every script of package.json is in a guide', () => {
  const told = new Set(npmCommands.map(({ script }) => script));
  expect(Object.keys(packageScripts).filter((script) => !told.has(script))).toEqual([]);
});

it('every file of the project that a command names is there', () => {
  const named = commands.flatMap(({ text, documents }) =>
    wordsOf(text)
      .flatMap((word) => word.split(/[\s=]/))
      .filter((word) => /^(?:\.\/)?(?:backend|frontend|scripts|ops|docs|\.ci)\//.test(word))
      .map((path) => ({ path, documents })),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter(({ path }) => !existsSync(join(projectRoot, path)))).toEqual([]);
});

it('every container that a command enters is a service of the compose file', () => {
  const services = Object.keys(readComposeFile().services);
  const entered = commands.flatMap(({ text, documents }) => {
    const [, service] =
      /^(?:pizza|docker compose)\b.*? (?:exec|logs|restart|run|stop)(?: +-\S+| +\d+)* +([a-z][\w-]*)/.exec(
        text,
      ) ?? [];
    return service === undefined ? [] : [{ service, documents }];
  });
  expect(entered.length).toBeGreaterThan(1);
  expect(entered.filter(({ service }) => !services.includes(service))).toEqual([]);
});

describe('npm test --', () => {
  const told = npmCommands
    .filter(({ script }) => script === 'test')
    .map(({ text, words }) => ({
      text,
      words: words.filter((word) => !isPlaceholder(word) && word !== '[pattern]' && word !== '--times'),
    }))
    .filter(({ words }) => words.length > 0);

  it.each(told)('$text names a part, and tests that are there', ({ words: [part = '', ...patterns] }) => {
    expect(TEST_PARTS.map(({ name }) => name)).toContain(part);
    for (const pattern of patterns) expect(testsOf(part, pattern).length).toBeGreaterThan(0);
  });
});

it.each(npmCommands.filter(({ script, words }) => script === 'drill' && words.length > 0))(
  '$text is understood by the drill',
  ({ words }) => {
    expect(readOptions(words)).toMatchObject({ names: expect.arrayContaining([expect.any(String)]) });
  },
);

it('a block is read as the shell reads it', () => {
  const block = "A='# no' # comment\n\n# all comment\ncurl x \\\n  -d '{}' |\n sed y\nnpm start";
  expect(linesOf(block)).toEqual(["A='# no'", "curl x -d '{}' | sed y", 'npm start']);
});
