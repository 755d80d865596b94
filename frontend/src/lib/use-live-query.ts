import { focusManager, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { EndpointKey } from '#contract/endpoints.ts';
import { type FollowOptions, followEvents } from './follow-events.ts';

interface LiveQueryOptions<K extends EndpointKey> extends Omit<FollowOptions<K>, 'onFlow'> {
  /** What the stream brings news of: the query of this key, and those whose keys begin with it. */
  queryKey: QueryKey;
  /** How often it is asked for again, only while the stream does not flow. */
  pollMs: number;
  /** Whether news can still come. */
  isOpen?: boolean;
}

/**
 * Joins a query, or several below one key, with an event stream: the stream says what changed, and for as long as it
 * does not flow the query is asked for again and again. Answers whether the stream flows.
 */
export function useLiveQuery<K extends EndpointKey>(stream: K, options: LiveQueryOptions<K>): boolean {
  const { queryKey, pollMs, isOpen = true, ...follow } = options;
  const client = useQueryClient();
  const [isFlowing, setFlowing] = useState(false);

  const start = useEffectEvent(() => followEvents(stream, { ...follow, onFlow: setFlowing }));
  // Options are other objects with each drawing; only another stream is a reason to connect anew.
  const source = `${stream} ${JSON.stringify(follow.params)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: source stands for all that start reads
  useEffect(() => (isOpen ? start() : undefined), [source, isOpen]);

  const poll = useEffectEvent(() => {
    // An answer on its way is waited for, or a slow service would never get to answer.
    if (focusManager.isFocused()) void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
  });
  useEffect(() => {
    if (!isOpen || isFlowing) return;
    const polling = setInterval(poll, pollMs);
    return () => clearInterval(polling);
  }, [isOpen, isFlowing, pollMs]);

  return isFlowing;
}
