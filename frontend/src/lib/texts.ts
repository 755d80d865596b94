import { use, useSyncExternalStore } from 'react';
import { catalogues, type FirstPage, type OtherPages } from '../texts/catalogue.ts';
import type { Translation } from '../texts/translation.ts';
import type { Bound } from './bind-texts.ts';
import { LANGUAGE_KEY, type Language, languageOfPage, localeOf } from './language.ts';
import { writeStored } from './storage.ts';

type Catalogue = FirstPage & OtherPages;
type Part = keyof Catalogue;

/** One part of the texts, as useTexts answers it. */
export type TextsOf<P extends Part> = Bound<Catalogue>[P];

interface Shown {
  language: Language;
  locale: string;
  firstPage: Translation<FirstPage>;
  otherPages: Promise<Bound<OtherPages>>;
  /** The same once it is there, so that a page that is drawn again need not wait for it. */
  arrived?: Bound<OtherPages>;
}

let shown: Shown | undefined;
let wished: Language | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(next: Shown): void {
  shown = next;
  document.documentElement.lang = next.language;
  for (const listener of listeners) listener();
}

async function loadOtherPages(language: Language, locale: string): Promise<Bound<OtherPages>> {
  // What fills in arguments comes with the texts that have some; those of the first page have none.
  const [{ bindTexts }, texts] = await Promise.all([
    import('./bind-texts.ts'),
    catalogues[language].otherPages(),
  ]);
  return bindTexts<OtherPages>(texts, locale);
}

async function load(language: Language): Promise<Shown> {
  const locale = localeOf(language, navigator.languages);
  const otherPages = loadOtherPages(language, locale);
  const loaded: Shown = { language, locale, otherPages, firstPage: await catalogues[language].firstPage() };
  otherPages.then(
    (texts) => {
      loaded.arrived = texts;
    },
    // Told to the page that needs them.
    () => undefined,
  );
  return loaded;
}

/** Fetches the texts of the page's language; nothing can be drawn before. */
export async function startTexts(): Promise<void> {
  show(await load(languageOfPage()));
}

/** Turns to another language once all of its texts are here, and keeps the choice. Rejects when they cannot be fetched. */
export async function changeLanguage(language: Language): Promise<void> {
  wished = language;
  const next = await load(language);
  await next.otherPages;
  if (wished !== language) return;
  writeStored(localStorage, LANGUAGE_KEY, language);
  show(next);
}

function useShown(): Shown {
  const now = useSyncExternalStore(subscribe, () => shown);
  if (!now) throw new Error('texts are used before startTexts has ended');
  return now;
}

/** Answers one part of the texts in the reader's language; suspends while those of the later pages are on their way. */
export function useTexts<P extends Part>(part: P): TextsOf<P> {
  const { firstPage, otherPages, arrived } = useShown();
  const texts = part in firstPage ? firstPage : (arrived ?? use(otherPages));
  return (texts as Bound<Catalogue>)[part];
}

/** The language of the texts, and the locale that writes dates and numbers. */
export function useLanguage(): Pick<Shown, 'language' | 'locale'> {
  return useShown();
}
