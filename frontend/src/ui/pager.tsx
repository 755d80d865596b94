import { Button } from './button.tsx';
import styles from './pager.module.css';

interface PagerProps {
  texts: { back: string; next: string; page: string };
  hasBack: boolean;
  hasNext: boolean;
  onBack: () => void;
  onNext: () => void;
}

/** Turns the pages of a list; nothing at all where there is only one. */
export function Pager({ texts, hasBack, hasNext, onBack, onNext }: PagerProps) {
  if (!hasBack && !hasNext) return null;
  return (
    <div className={styles.pages}>
      <Button look="quiet" disabled={!hasBack} onClick={onBack}>
        {texts.back}
      </Button>
      <span role="status">{texts.page}</span>
      <Button look="quiet" disabled={!hasNext} onClick={onNext}>
        {texts.next}
      </Button>
    </div>
  );
}
