import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts.ts';
import { useOpeningWords } from '../../lib/use-opening-words.ts';
import { Icon } from '../../ui/icon.tsx';
import { findStores, hasTwin } from './find-stores.ts';
import type { Store } from './menu.api.ts';
import styles from './store-picker.module.css';

interface StoreComboboxProps {
  stores: Store[];
  onChoose: (store: Store) => void;
  /** Escape or leaving without a choice. */
  onLeave: () => void;
  error: string | undefined;
  inputRef: RefObject<HTMLInputElement | null>;
  /** The reader asked for it just now: it takes the focus and shows its list. */
  isEager: boolean;
}

/** A search field with a list below it, after the combobox pattern of WAI-ARIA. */
export function StoreCombobox({ stores, onChoose, onLeave, error, inputRef, isEager }: StoreComboboxProps) {
  const t = useTexts('menu').stores;
  const openingWords = useOpeningWords();
  const id = useId();
  const [filter, setFilter] = useState('');
  const [isOpen, setIsOpen] = useState(isEager);
  const [active, setActive] = useState(0);
  const found = findStores(stores, filter);
  const choose = (store: Store | undefined) => store?.isOpen && onChoose(store);
  const optionId = (index: number) => `${id}-option-${index}`;
  const ofFranchise = (store: Store) => {
    const franchise = store.franchiseName;
    return hasTwin(stores, store)
      ? t.numbered({ franchise, id: String(store.storeId) })
      : t.of({ franchise });
  };
  const move = (index: number) => {
    setActive(index);
    setIsOpen(true);
    document.getElementById(optionId(index))?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[active];
    if (event.key === 'ArrowDown') move(isOpen ? Math.min(active + 1, found.length - 1) : active);
    else if (event.key === 'ArrowUp') move(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && isOpen && chosen) choose(chosen);
    else if (event.key === 'Escape') {
      setIsOpen(false);
      onLeave();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.combobox}>
      <label htmlFor={id}>{t.label}</label>
      <div className={styles.input}>
        <Icon name="search" />
        <input
          id={id}
          ref={inputRef}
          // biome-ignore lint/a11y/noAutofocus: only when the reader has just pressed "Change store"
          autoFocus={isEager}
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && found[active] ? optionId(active) : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-note`}
          autoComplete="off"
          placeholder={t.placeholder}
          value={filter}
          onChange={(event) => {
            setFilter(event.target.value);
            setActive(0);
            setIsOpen(true);
          }}
          onClick={() => setIsOpen(true)}
          onBlur={() => {
            setIsOpen(false);
            onLeave();
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t.label}
        hidden={!isOpen || found.length === 0}
        className={styles.list}
      >
        {found.map((store, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input holds the focus and the keys
          <div
            key={store.storeId}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            aria-disabled={!store.isOpen || undefined}
            className={classNames(styles.option, index === active && styles.active)}
            // The press must not take the focus from the input, or the list closes before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(store)}
          >
            <strong>{store.storeName}</strong> <span>{ofFranchise(store)}</span>
            <span className={classNames(styles.hours, store.isOpen && styles.open)}>
              {openingWords(store)}
            </span>
          </div>
        ))}
      </div>
      <p id={`${id}-note`} className={error ? styles.error : 'small'}>
        {error ?? t.hint}
      </p>
      <p role="status" className={styles.found}>
        {filter !== '' && (found.length === 0 ? t.none({ filter }) : t.found({ count: found.length }))}
      </p>
    </div>
  );
}
