import { jest } from '@jest/globals';

/**
 * Makes `performance` alone, by which durations are counted, stand still until `jest.advanceTimersByTime` moves it;
 * timers and dates go on. `jest.useRealTimers()` ends it.
 */
export function holdPerformance(): void {
  // Whole milliseconds, so that what is added to them is exact.
  const now = Math.ceil(performance.now());
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'clearImmediate',
      'clearInterval',
      'clearTimeout',
      'hrtime',
      'nextTick',
      'queueMicrotask',
      'setImmediate',
      'setInterval',
      'setTimeout',
    ],
  });
  // It stands still where it was: what lasted before goes on lasting.
  jest.advanceTimersByTime(now);
}
