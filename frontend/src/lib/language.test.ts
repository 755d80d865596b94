import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { LANGUAGE_KEY, localeOf } from './language.ts';

const script = readFileSync(join(import.meta.dirname, '../../public/language.js'), 'utf8');

function choose({ stored, browser }: { stored?: string; browser: string[] }) {
  const links: { rel?: string; href?: string }[] = [];
  const page = {
    documentElement: { lang: 'en' },
    currentScript: { dataset: { en: '/assets/english.js', es: '/assets/spanish.js' } },
    createElement: () => ({}),
    head: { append: (link: object) => links.push(link) },
  };
  const localStorage = {
    getItem: (key: string) => {
      if (stored === 'forbidden') throw new Error('storage is forbidden');
      return key === LANGUAGE_KEY ? (stored ?? null) : null;
    },
  };
  runInNewContext(script, { document: page, localStorage, navigator: { languages: browser } });
  return { language: page.documentElement.lang, fetched: links.map(({ href }) => href) };
}

describe('the language of a page', () => {
  it('is the one chosen earlier, whatever the browser prefers', () => {
    expect(choose({ stored: '"en"', browser: ['es-ES'] }).language).toBe('en');
    expect(choose({ stored: '"es"', browser: ['en-US'] }).language).toBe('es');
  });

  it('is else the first of the browser’s that we have', () => {
    expect(choose({ browser: ['ca', 'es-MX', 'en'] }).language).toBe('es');
    expect(choose({ browser: ['en-GB', 'es'] }).language).toBe('en');
  });

  it('is else English', () => {
    expect(choose({ browser: ['de-DE', 'fr'] }).language).toBe('en');
    expect(choose({ browser: [] }).language).toBe('en');
  });

  it.each(['forbidden', 'no JSON', '"xx"', '{"a":1}'])(
    'does not suffer from storage that is %s',
    (stored) => {
      expect(choose({ stored, browser: ['es'] }).language).toBe('es');
    },
  );

  it('is the only one whose texts are fetched', () => {
    expect(choose({ browser: ['es'] }).fetched).toEqual(['/assets/spanish.js']);
  });
});

describe('the locale of dates and numbers', () => {
  it('is the reader’s own kind of the language', () => {
    expect(localeOf('es', ['en-US', 'es-MX', 'es'])).toBe('es-MX');
  });

  it('is the language itself when the reader has none of its kinds', () => {
    expect(localeOf('es', ['en-US', 'est'])).toBe('es');
  });
});
