import { describe, expect, it } from '@jest/globals';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { languages } from '../lib/language.ts';
import { catalogues } from './catalogue.ts';

type Token = string | [name: string, kind?: string, format?: Record<string, Token[]>];

const byLanguage = await Promise.all(
  languages.map(async (language) => ({
    language,
    firstPage: textsByKey(await catalogues[language].firstPage()),
    otherPages: textsByKey(await catalogues[language].otherPages()),
    staffPages: textsByKey(await catalogues[language].staffPages()),
  })),
);
const all = byLanguage.map(({ language, firstPage, otherPages, staffPages }) => ({
  language,
  texts: new Map([...firstPage, ...otherPages, ...staffPages]),
}));
const english = all[0]?.texts ?? new Map<string, string>();
const others = all.slice(1);

function textsByKey(node: unknown, key = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[key, node]]);
  return new Map(
    Object.entries(node as object).flatMap(([name, child]) => [
      ...textsByKey(child, key ? `${key}.${name}` : name),
    ]),
  );
}

const tokensOf = (text: string) => compileMessageOrThrow(text) as Token[];

function argumentsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (typeof token === 'string') return [];
    const [name, , format] = token;
    return [name, ...Object.values(format ?? {}).flatMap((branch) => argumentsOf(branch ?? []))];
  });
}

describe.each(others)('the texts in $language', ({ texts }) => {
  it('have the keys of the English ones and no others', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('take the arguments of the English ones', () => {
    const names = (text: string | undefined) => [...new Set(argumentsOf(tokensOf(text ?? '')))].sort();
    for (const [key, text] of texts) {
      expect([key, names(text)]).toEqual([key, names(english.get(key))]);
    }
  });

  it('are not the English ones left behind', () => {
    const isSentence = (text: string) => text.replaceAll(/\{.*\}/g, '').split(' ').length > 2;
    const left = [...texts].filter(([key, text]) => isSentence(text) && text === english.get(key));
    expect(left).toEqual([]);
  });
});

describe.each(all)('each text in $language', ({ language, texts }) => {
  it('says something, without blanks at its ends', () => {
    expect([...texts].filter(([, text]) => text === '' || text !== text.trim())).toEqual([]);
  });

  it('with a plural has a form for each number of the language', () => {
    // `many` begins at a million, and falls back to `other`.
    const needed = new Intl.PluralRules(language)
      .resolvedOptions()
      .pluralCategories.filter((category) => category !== 'many')
      .sort();
    for (const [key, text] of texts) {
      for (const token of tokensOf(text)) {
        if (typeof token === 'string' || token[1] !== 'plural') continue;
        const { offset: _, ...forms } = token[2] ?? {};
        expect([key, Object.keys(forms).sort()]).toEqual([key, needed]);
      }
    }
  });
});

describe.each(byLanguage)('the texts of the first page in $language', ({ firstPage }) => {
  it('have no arguments: what fills them in is not there yet', () => {
    expect([...firstPage].filter(([, text]) => text.includes('{'))).toEqual([]);
  });
});
