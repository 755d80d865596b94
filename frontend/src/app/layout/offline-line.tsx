import { useSyncExternalStore } from 'react';
import { isLineUp, onLine } from '../../lib/line.ts';
import { useTexts } from '../../lib/texts.ts';
import styles from './layout.module.css';

/** The one place that says that the network or our service is away; it goes when somebody has answered again. */
export function OfflineLine() {
  const isUp = useSyncExternalStore(onLine, isLineUp);
  const t = useTexts('app');
  return <div role="status">{!isUp && <p className={styles.line}>{t.offline}</p>}</div>;
}
