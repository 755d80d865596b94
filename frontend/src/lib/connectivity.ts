/** Whether the service can be reached, as far as the last request and the browser know. */
let isAnswered = true;
const listeners = new Set<() => void>();

export function isServiceReachable(): boolean {
  return navigator.onLine && isAnswered;
}

/** Says what the last request came to. */
export function reportConnectivity(wasAnswered: boolean): void {
  if (wasAnswered === isAnswered) return;
  isAnswered = wasAnswered;
  for (const listener of listeners) listener();
}

/** Calls the listener whenever that may have changed; answers what ends it. */
export function onConnectivityChange(listener: () => void): () => void {
  // A network that is back is believed in until a request finds otherwise.
  const onNetwork = () => {
    isAnswered = true;
    listener();
  };
  listeners.add(listener);
  window.addEventListener('online', onNetwork);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', onNetwork);
    window.removeEventListener('offline', listener);
  };
}
