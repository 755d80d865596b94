import { type RefObject, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts.ts';
import { useOpeningWords } from '../../lib/use-opening-words.ts';
import { Button } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { hasTwin } from './find-stores.ts';
import { type Store, useStores } from './menu.api.ts';
import { StoreCombobox } from './store-combobox.tsx';
import styles from './store-picker.module.css';

interface StorePickerProps {
  chosen: Pick<Store, 'storeId' | 'storeName' | 'franchiseName'> | null;
  onChoose: (store: Store) => void;
  error: string | undefined;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** Asks for the store; once one is chosen, says which and lets it be changed. */
export function StorePicker({ chosen, onChoose, error, inputRef }: StorePickerProps) {
  const t = useTexts('menu').stores;
  const openingWords = useOpeningWords();
  const stores = useStores();
  const [isChanging, setIsChanging] = useState(false);
  const choose = (store: Store) => {
    setIsChanging(false);
    onChoose(store);
  };
  if (chosen && !isChanging) {
    const known = stores.data?.find(({ storeId }) => storeId === chosen.storeId);
    const franchise = chosen.franchiseName;
    const isTwin = hasTwin(stores.data ?? [], chosen);
    return (
      <div className={styles.chosen}>
        <p>
          <span>{t.chosen}</span> <strong className={styles.name}>{chosen.storeName}</strong>{' '}
          <span>{isTwin ? t.numbered({ franchise, id: String(chosen.storeId) }) : t.of({ franchise })}</span>{' '}
          {known && (
            <span className={classNames(styles.hours, known.isOpen && styles.open)}>
              {openingWords(known)}
            </span>
          )}
        </p>
        <Button look="quiet" size="small" onClick={() => setIsChanging(true)}>
          {t.change}
        </Button>
        {known && !known.isOpen && <p className={styles.closed}>{t.closed}</p>}
      </div>
    );
  }
  if (stores.isError) return <LoadError query={stores} />;
  if (!stores.data) return <Skeletons count={1} label={t.loading} className={styles.rest} />;
  return (
    <StoreCombobox
      stores={stores.data}
      onChoose={choose}
      error={error}
      inputRef={inputRef}
      isEager={isChanging}
      onLeave={() => setIsChanging(false)}
    />
  );
}
