import { use, useSyncExternalStore } from 'react';
import { catalogues, type FirstPage, type OtherPages, type StaffPages } from '../texts/catalogue.ts';
import type { Translation } from '../texts/translation.ts';
import type { Bound } from './bind-texts.ts';
import { LANGUAGE_KEY, type Language, languageOfPage, localeOf } from './language.ts';
import { writeStored } from './storage.ts';

type Catalogue = FirstPage & OtherPages;
type Part = keyof Catalogue;
type StaffPart = keyof StaffPages;

/** One part of the texts, as useTexts answers it. */
export type TextsOf<P extends Part> = Bound<Catalogue>[P];
/** One part of the texts, as useStaffTexts answers it. */
export type StaffTextsOf<P extends StaffPart> = Bound<StaffPages>[P];

type Arriving<T> = Promise<Bound<T>>;

interface Shown {
  language: Language;
  locale: string;
  firstPage: Translation<FirstPage>;
  otherPages: Arriving<OtherPages>;
  /** From when somebody first asks for them. */
  staffPages?: Arriving<StaffPages>;
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

function arrive<T>(fetchTexts: () => Promise<Translation<T>>, locale: string): Arriving<T> {
  // What fills in arguments comes with the texts that have some; those of the first page have none.
  const arriving: Arriving<T> = Promise.all([import('./bind-texts.ts'), fetchTexts()]).then(
    ([{ bindTexts }, texts]) => bindTexts<T>(texts, locale),
  );
  arriving.then(
    // What React writes on a promise it has seen settle: a page that is drawn later need not wait for what is there.
    (value) => Object.assign(arriving, { status: 'fulfilled', value }),
    // Told to the page that needs them.
    () => undefined,
  );
  return arriving;
}

async function load(language: Language): Promise<Shown> {
  const locale = localeOf(language, navigator.languages);
  const otherPages = arrive<OtherPages>(catalogues[language].otherPages, locale);
  return { language, locale, otherPages, firstPage: await catalogues[language].firstPage() };
}

function staffPagesOf(page: Shown): Arriving<StaffPages> {
  page.staffPages ??= arrive<StaffPages>(catalogues[page.language].staffPages, page.locale);
  return page.staffPages;
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
  if (shown?.staffPages) await staffPagesOf(next);
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
  const { firstPage, otherPages } = useShown();
  const texts = part in firstPage ? firstPage : use(otherPages);
  return (texts as Bound<Catalogue>)[part];
}

/** Answers one part of the texts that only staff reads; suspends while they are on their way. */
export function useStaffTexts<P extends StaffPart>(part: P): StaffTextsOf<P> {
  return use(staffPagesOf(useShown()))[part];
}

/** The language of the texts, and the locale that writes dates and numbers. */
export function useLanguage(): Pick<Shown, 'language' | 'locale'> {
  return useShown();
}
