import { useSyncExternalStore } from 'react';
import { useTexts } from '../../lib/texts.ts';
import { appTexts } from '../app.texts.ts';
import styles from './layout.module.css';

function subscribe(onChange: () => void) {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}

export function OfflineLine() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  const t = useTexts(appTexts);
  return <div role="status">{!isOnline && <p className={styles.line}>{t.offline}</p>}</div>;
}
