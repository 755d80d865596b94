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

/** Texts that are fetched after the first page. */
type Late<T> = PromiseLike<Bound<T>>;

interface Shown {
  language: Language;
  locale: string;
  firstPage: Translation<FirstPage>;
  otherPages: Late<OtherPages>;
  /** From when somebody first asks for them. */
  staffPages?: Late<StaffPages>;
}

let shown: Shown | undefined;
let wanted: Language | undefined;
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

/**
 * A promise that answers at once when it can, not a moment later. React's use() suspends for a moment even for a
 * promise that is kept, unless it is answered while it asks; a page drawn later would blink.
 */
function answerAtOnce<T>(promise: Promise<T>): PromiseLike<T> {
  let arrived: T | undefined;
  promise.then(
    (value) => {
      arrived = value;
    },
    // Told to whoever asks.
    () => undefined,
  );
  return {
    // biome-ignore lint/suspicious/noThenProperty: it is to be used in place of the promise
    then: (onValue, onError) => {
      const value = arrived;
      if (value === undefined || !onValue) return promise.then(onValue, onError);
      return new Promise((resolve) => resolve(onValue(value)));
    },
  };
}

function fetchLate<T>(fetchTexts: () => Promise<Translation<T>>, locale: string): Late<T> {
  // What fills in arguments comes with the texts that have some; those of the first page have none.
  const fetched = Promise.all([import('./bind-texts.ts'), fetchTexts()]);
  return answerAtOnce(fetched.then(([{ bindTexts }, texts]) => bindTexts<T>(texts, locale)));
}

async function load(language: Language): Promise<Shown> {
  const locale = localeOf(language, navigator.languages);
  const otherPages = fetchLate<OtherPages>(catalogues[language].otherPages, locale);
  return { language, locale, otherPages, firstPage: await catalogues[language].firstPage() };
}

function staffPagesOf(page: Shown): Late<StaffPages> {
  page.staffPages ??= fetchLate<StaffPages>(catalogues[page.language].staffPages, page.locale);
  return page.staffPages;
}

/** Fetches the texts of the page's language; nothing can be drawn before. */
export async function startTexts(): Promise<void> {
  show(await load(languageOfPage()));
}

/** Turns to another language once all of its texts are here, and keeps the choice. Rejects when they cannot be fetched. */
export async function changeLanguage(language: Language): Promise<void> {
  wanted = language;
  const next = await load(language);
  await next.otherPages;
  if (shown?.staffPages) await staffPagesOf(next);
  if (wanted !== language) return;
  writeStored('localStorage', LANGUAGE_KEY, language);
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
