import { formatSatoshi, satoshiOf } from '../lib/format.ts';
import { useLanguage } from '../lib/texts.ts';
import styles from './amount.module.css';

/** An amount of bitcoin, exact, in the face of titles and prices. */
export function Amount({ bitcoin }: { bitcoin: number }) {
  const { locale } = useLanguage();
  return (
    <span className={styles.amount}>
      <span className={styles.sign}>₿</span>
      <span>{formatSatoshi(satoshiOf(bitcoin), locale)}</span>
    </span>
  );
}
