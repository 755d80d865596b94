import { jest } from '@jest/globals';

/**
 * Makes `performance` alone, by which durations are counted, stand still until `jest.advanceTimersByTime` moves it;
 * timers and dates go on. `jest.useRealTimers()` ends it.
 */
export function holdPerformance(): void {
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
}
