import type { EndpointEvent, EndpointRequest } from '#contract/endpoint.ts';
import type { EndpointKey, EndpointOf } from '#contract/endpoints.ts';
import { addressOf } from './api-client.ts';

// A refusal ends the browser's own tries; by then the service may have room, or another node.
const REOPEN_MS = 15_000;

type EventOf<K extends EndpointKey> = EndpointEvent<EndpointOf<K>>;
type NameOf<K extends EndpointKey> = EventOf<K> extends { event: infer N extends string } ? N : never;
type DataOf<K extends EndpointKey> = EventOf<K> extends { data: infer D } ? D : never;

export interface FollowOptions<K extends EndpointKey> {
  params: EndpointRequest<EndpointOf<K>>['params'];
  event: NameOf<K>;
  onData: (data: DataOf<K>) => void;
  /** Told whether news arrive by themselves; while they do not, the caller has to ask. */
  onFlow: (isFlowing: boolean) => void;
}

/**
 * Listens to an event stream of the contract; answers what ends it. After a lost connection the browser comes back by
 * itself. While the page is hidden it does not listen: over HTTP/1.1 a browser has six connections to a host, and pages
 * that nobody looks at would take them from the one in use.
 */
export function followEvents<K extends EndpointKey>(key: K, options: FollowOptions<K>): () => void {
  const { params, event, onData, onFlow } = options;
  const address = addressOf(key.slice(key.indexOf(' ') + 1), { params: params as Record<string, unknown> });
  let source: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    clearTimeout(reopening);
    source?.close();
    source = undefined;
    onFlow(false);
  }

  function open(): void {
    const opened = new EventSource(address);
    source = opened;
    opened.onopen = () => onFlow(true);
    opened.onerror = () => {
      onFlow(false);
      if (opened.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    };
    opened.addEventListener(event, ({ data }: MessageEvent<string>) => onData(JSON.parse(data)));
  }

  function followVisibility(): void {
    close();
    if (document.visibilityState === 'visible') open();
  }

  document.addEventListener('visibilitychange', followVisibility);
  followVisibility();
  return () => {
    document.removeEventListener('visibilitychange', followVisibility);
    close();
  };
}
