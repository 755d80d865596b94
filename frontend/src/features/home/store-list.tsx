import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts.ts';
import { useOpeningWords } from '../../lib/use-opening-words.ts';
import { Section } from '../../ui/section.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import type { Store } from '../menu/menu.api.ts';
import styles from './store-list.module.css';

const SHOWN = 12;

export function StoreList({
  stores,
  hasFailed,
}: {
  stores: readonly Store[] | undefined;
  hasFailed: boolean;
}) {
  const t = useTexts('homeStory').stores;
  const openingWords = useOpeningWords();
  if (hasFailed) return null;
  return (
    <Section className={styles.stores}>
      <h2>{t.title}</h2>
      <p className={styles.lead}>{t.lead}</p>
      {stores ? (
        <ul className={styles.list}>
          {stores.slice(0, SHOWN).map((store) => (
            <li key={store.storeId}>
              <h3>{store.storeName}</h3>
              <p className={styles.franchise}>{store.franchiseName}</p>
              <p className={classNames(styles.state, store.isOpen && styles.open)}>{openingWords(store)}</p>
            </li>
          ))}
        </ul>
      ) : (
        <Skeletons count={4} label={t.loading} height="4.5rem" listClassName={styles.list} />
      )}
      {stores?.length === 0 && <p>{t.empty}</p>}
      {stores && stores.length > SHOWN && <p className={styles.more}>{t.all({ count: stores.length })}</p>}
    </Section>
  );
}
