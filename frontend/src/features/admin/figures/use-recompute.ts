import { useEffect, useRef, useState } from 'react';
import type { FigureDifference } from '#contract/recompute.ts';
import { newId } from '../../../lib/new-id.ts';
import { endRecompute, type FigureStore, type Mode, recomputeStore } from './figures.api.ts';

const DIFFERENCES_KEPT = 200;

export interface StoreDifference extends FigureDifference {
  store: FigureStore;
}

export interface Progress {
  mode: Mode;
  state: 'running' | 'stopped' | 'over' | 'failed';
  done: number;
  stores: readonly FigureStore[];
  isConnectionLost: boolean;
  /** How many figures differed, and in how many stores. */
  count: number;
  storesDiffering: number;
  /** The first of them. */
  differences: StoreDifference[];
  error?: unknown;
}

type Answer = Awaited<ReturnType<typeof recomputeStore>>;

function addAnswer(before: Progress, store: FigureStore, { count, differences }: Answer): Progress {
  const told = differences.map((difference) => ({ ...difference, store }));
  return {
    ...before,
    done: before.done + 1,
    count: before.count + count,
    storesDiffering: before.storesDiffering + (count > 0 ? 1 : 0),
    differences: [...before.differences, ...told].slice(0, DIFFERENCES_KEPT),
  };
}

/** Recomputes store by store; leaving the page stops it. */
export function useRecompute() {
  const [progress, setProgress] = useState<Progress>();
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);

  async function work(begun: Progress, { signal }: AbortController): Promise<void> {
    const run = newId();
    let now = begun;
    const show = (next: Progress) => {
      now = next;
      setProgress(next);
    };
    try {
      for (const store of begun.stores.slice(begun.done)) {
        const onLost = (isConnectionLost: boolean) => show({ ...now, isConnectionLost });
        const question = { run, mode: begun.mode, storeId: store.id, signal, onLost };
        show(addAnswer(now, store, await recomputeStore(question)));
      }
      show({ ...now, state: 'over' });
    } catch (error) {
      show({
        ...now,
        isConnectionLost: false,
        ...(signal.aborted ? { state: 'stopped' } : { state: 'failed', error }),
      });
    } finally {
      await endRecompute(run);
    }
  }

  function run(begun: Progress): void {
    stop.current = new AbortController();
    setProgress(begun);
    void work(begun, stop.current);
  }

  return {
    progress,
    start: (mode: Mode, stores: readonly FigureStore[]) =>
      run({
        mode,
        stores,
        state: 'running',
        done: 0,
        isConnectionLost: false,
        count: 0,
        storesDiffering: 0,
        differences: [],
      }),
    stop: () => stop.current?.abort(),
    goOn: () => {
      if (progress) run({ ...progress, state: 'running', error: undefined });
    },
  };
}
