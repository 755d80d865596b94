import { type RefObject, useState } from 'react';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
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
  const stores = useStores();
  const [isChanging, setIsChanging] = useState(false);
  const choose = (store: Store) => {
    setIsChanging(false);
    onChoose(store);
  };
  if (chosen && !isChanging) {
    const isClosed = stores.data?.some((store) => store.storeId === chosen.storeId && !store.isOpen) ?? false;
    return (
      <div className={styles.chosen}>
        <p>
          <span>{t.chosen}</span> <strong className={styles.name}>{chosen.storeName}</strong>{' '}
          <span>{t.of({ franchise: chosen.franchiseName })}</span>
        </p>
        <Button look="quiet" size="small" onClick={() => setIsChanging(true)}>
          {t.change}
        </Button>
        {isClosed && <p className={styles.closed}>{t.closed}</p>}
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
