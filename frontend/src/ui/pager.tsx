import { useTexts } from '../lib/texts.ts';
import { Button } from './button.tsx';
import styles from './pager.module.css';

export interface PagerProps {
  /** The first is 1. */
  page: number;
  hasNext: boolean;
  onTurn: (page: number) => void;
}

/** Turns the pages of a list; nothing at all where there is only one. */
export function Pager({ page, hasNext, onTurn }: PagerProps) {
  const t = useTexts('pager');
  if (page === 1 && !hasNext) return null;
  return (
    <div className={styles.pages}>
      <Button look="quiet" disabled={page === 1} onClick={() => onTurn(page - 1)}>
        {t.back}
      </Button>
      <span role="status">{t.page({ page })}</span>
      <Button look="quiet" disabled={!hasNext} onClick={() => onTurn(page + 1)}>
        {t.next}
      </Button>
    </div>
  );
}
