import { useLanguage, useTexts } from './texts.ts';
import { zonedTime } from './zoned-time.ts';

/** What is known of a store's hours; a service of before tells only whether it is open. */
export interface OpeningTimes {
  isOpen: boolean;
  opensAt?: string | null | undefined;
  closesAt?: string | null | undefined;
  timeZone?: string | undefined;
}

/** Answers what there is to say of a store: open until when, or closed and when it opens. */
export function useOpeningWords(): (store: OpeningTimes) => string {
  const t = useTexts('opening');
  const { locale } = useLanguage();
  return ({ isOpen, opensAt, closesAt, timeZone }) => {
    const next = isOpen ? closesAt : opensAt;
    if (!next) return isOpen ? t.open : t.closed;
    const { clock, hour, day } = zonedTime(next, timeZone, locale, Date.now());
    const time = t.clock({ hour, clock });
    if (isOpen) return day === 'today' || day === 'tomorrow' ? t.openUntil({ time }) : t.open;
    if (day === 'today') return t.opensToday({ time });
    return day === 'tomorrow' ? t.opensTomorrow({ time }) : t.opensOn({ day, time });
  };
}
