export interface Bounds<T> {
  maxCount: number;
  maxWeight: number;
  weigh(entry: T): number;
}

export interface BoundedList<T> {
  add(entry: T): void;
  entries(): T[];
  clear(): void;
}

/** Answers a list that forgets its oldest entries as soon as it has too many or they weigh too much. */
export function createBoundedList<T>({ maxCount, maxWeight, weigh }: Bounds<T>): BoundedList<T> {
  let kept: T[] = [];
  let first = 0;
  let weight = 0;

  return {
    add(entry) {
      kept.push(entry);
      weight += weigh(entry);
      while (kept.length - first > maxCount || (weight > maxWeight && first < kept.length)) {
        weight -= weigh(kept[first] as T);
        first += 1;
      }
      // Moving the rest up for every forgotten entry would cost the whole list each time.
      if (first > kept.length / 4) {
        kept = kept.slice(first);
        first = 0;
      }
    },
    entries: () => kept.slice(first),
    clear() {
      kept = [];
      first = 0;
      weight = 0;
    },
  };
}
