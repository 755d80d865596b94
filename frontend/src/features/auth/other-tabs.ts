const NAME = 'jwt-pizza.session';

let channel: BroadcastChannel | undefined;

/** None in a browser that has no such thing or forbids it; there the service refuses what a page would do for another. */
function openChannel(): BroadcastChannel | undefined {
  try {
    channel ??= new BroadcastChannel(NAME);
  } catch {
    // See above.
  }
  return channel;
}

/** Tells the browser's other tabs who is logged in from now on; null for nobody. */
export function tellOtherTabs(userId: number | null): void {
  openChannel()?.postMessage(userId);
}

/** Calls the listener when another tab has logged somebody in or out; answers what ends it. */
export function onOtherTab(listener: (userId: number | null) => void): () => void {
  const listen = ({ data }: MessageEvent<number | null>) => listener(data);
  openChannel()?.addEventListener('message', listen);
  return () => channel?.removeEventListener('message', listen);
}
