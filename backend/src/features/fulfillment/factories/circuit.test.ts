import { describe, expect, it } from '@jest/globals';
import { afterBad, afterHope, type Circuit, CLOSED, halfOpenDelayMs, judge } from './circuit.ts';

const NOW = new Date('2025-04-08T14:10:00Z');
const in2Seconds = new Date('2025-04-08T14:10:02Z');

const afterBadTimes = (times: number): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((circuit) => afterBad(circuit, 'refused', NOW), CLOSED);

describe('a circuit', () => {
  it('stays closed for four bad outcomes in a row and opens with the fifth', () => {
    expect(afterBadTimes(4)).toMatchObject({ failures: 4, openedAt: undefined });
    expect(afterBadTimes(5)).toEqual({
      failures: 5,
      openedAt: NOW,
      openedBy: 'refused',
      trials: 0,
      nextTrialAt: in2Seconds,
    });
  });

  it('opens at once when the factory refuses our key', () => {
    expect(afterBad(CLOSED, 'key_refused', NOW)).toMatchObject({ openedAt: NOW, openedBy: 'key_refused' });
  });

  it('that is open keeps its time and its half-open attempts, however many bad outcomes follow', () => {
    const later = afterBad(afterBadTimes(5), 'error', in2Seconds);
    expect(later).toMatchObject({ openedAt: NOW, openedBy: 'refused', nextTrialAt: in2Seconds, failures: 6 });
  });

  it('that is open lets the next attempt through at once when there is hope, and is not closed by it', () => {
    const later = new Date('2025-04-08T14:15:00Z');
    expect(afterHope(afterBadTimes(5), later)).toMatchObject({
      openedAt: NOW,
      failures: 0,
      nextTrialAt: later,
    });
    expect(afterHope(afterBadTimes(3), later)).toEqual(CLOSED);
  });

  it('lets attempts through 2 s after it opened, then 4, 8 and every 15 s', () => {
    expect([0, 1, 2, 3, 4, 100].map(halfOpenDelayMs)).toEqual([2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it('never counts beyond what its column holds', () => {
    expect(afterBad({ ...CLOSED, failures: 9_999 }, 'error', NOW).failures).toBe(9_999);
  });
});

it.each([
  ['made', 'good'],
  ['made_slow', 'good'],
  ['rejected', 'neither'],
  ['bad_pizza', 'bad'],
  ['refused', 'bad'],
  ['error', 'bad'],
  ['busy', 'bad'],
  ['key_refused', 'bad'],
  ['unreachable', 'bad'],
  ['timeout', 'bad'],
] as const)('the outcome %s is %s news of the factory', (outcome, news) => {
  expect(judge(outcome)).toBe(news);
});
