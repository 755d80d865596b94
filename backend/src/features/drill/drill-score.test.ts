import { describe, expect, it } from '@jest/globals';
import type { DrillRow } from './drill.repository.ts';
import { scoreDrill, spreadOf } from './drill-score.ts';

const START = Date.parse('2026-11-23T18:00:00.000Z');
const second = (seconds: number) => new Date(START + seconds * 1_000);
const outages = { detected: [0, 3, 40], restored: [2, 30, 60, 480] };

function aDrill(facts: Partial<DrillRow>): DrillRow {
  return {
    id: 1,
    mode: 'fail',
    started_at: second(0),
    ends_at: second(60),
    stopped_at: null,
    incident_id: null,
    detected_at: null,
    restored_at: null,
    orders_delayed: null,
    orders_failed: null,
    now: second(20),
    ...facts,
  };
}

describe('a drill', () => {
  it('that was cured is over at the first good answer, and ranked among the real outages', () => {
    const score = scoreDrill(aDrill({ detected_at: second(2), restored_at: second(3) }), outages);
    expect(score).toEqual({
      endedAt: second(3),
      endedBy: 'cure',
      detectedAfterMs: 2_000,
      restoredAfterMs: 3_000,
      detectedRank: { place: 2, of: 4 },
      restoredRank: { place: 1, of: 5 },
    });
  });

  it('that nobody noticed goes on until its time is up, and has no rank', () => {
    expect(scoreDrill(aDrill({}), outages)).toMatchObject({
      endedAt: null,
      endedBy: null,
      detectedRank: null,
    });
    const over = scoreDrill(aDrill({ now: second(61) }), outages);
    expect(over).toMatchObject({ endedAt: second(60), endedBy: 'time', restoredRank: null });
  });

  it('of a fault without a cure is not restored by an answer that slipped through', () => {
    const busy = { mode: 'busy', detected_at: second(1), restored_at: second(5) };
    expect(scoreDrill(aDrill(busy), outages)).toMatchObject({ endedAt: null, restoredAfterMs: null });
    const over = aDrill({ ...busy, restored_at: second(62), now: second(70) });
    expect(scoreDrill(over, outages)).toMatchObject({ endedBy: 'time', restoredAfterMs: 62_000 });
  });

  it('that an operator stopped says so', () => {
    const stopped = aDrill({ stopped_at: second(10), restored_at: second(12), now: second(30) });
    expect(scoreDrill(stopped, outages)).toMatchObject({ endedAt: second(10), endedBy: 'operator' });
  });
});

it.each([
  [[5], { best: 5, median: 5, worst: 5 }],
  [[9, 1, 4], { best: 1, median: 4, worst: 9 }],
  [[9, 1, 4, 5], { best: 1, median: 4.5, worst: 9 }],
])('the spread of %j is %j', (minutes, spread) => {
  expect(spreadOf(minutes)).toEqual(spread);
});
