import { useState } from 'react';
import type { Language } from '../../lib/language.ts';
import { changeLanguage, useLanguage, useTexts } from '../../lib/texts.ts';
import styles from './language-switch.module.css';

/** Each language in its own words: whoever looks for one may not read the other. */
const names: Record<Language, string> = { en: 'English', es: 'Español' };

export function LanguageSwitch() {
  const t = useTexts('app');
  const { language: shown } = useLanguage();
  const [choice, setChoice] = useState<Language>();
  const choose = (language: Language) => {
    setChoice(language);
    // Texts that cannot be fetched leave the page as it is, and the button ready for the next press.
    changeLanguage(language)
      .catch(() => undefined)
      .finally(() => setChoice(undefined));
  };
  return (
    <fieldset aria-label={t.language} className={styles.languages}>
      {(Object.keys(names) as Language[]).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === shown}
          aria-busy={language === choice || undefined}
          onClick={() => choose(language)}
        >
          {names[language]}
        </button>
      ))}
    </fieldset>
  );
}
