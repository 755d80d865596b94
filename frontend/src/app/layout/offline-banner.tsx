import { useSyncExternalStore } from 'react';
import { isServiceReachable, onConnectivityChange } from '../../lib/connectivity.ts';
import { useTexts } from '../../lib/texts.ts';

/** The one place that says that the network or our service is away; it goes when somebody has answered again. */
export function OfflineBanner() {
  const isUp = useSyncExternalStore(onConnectivityChange, isServiceReachable);
  const t = useTexts('app');
  return <div role="status">{!isUp && <p className="banner">{t.offline}</p>}</div>;
}
