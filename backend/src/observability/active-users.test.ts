import { describe, expect, it } from '@jest/globals';
import { createActiveUsers } from './active-users.ts';

const MINUTE_MS = 60_000;

describe('the active users', () => {
  it('are counted once however often they come, and no longer five minutes after they last came', () => {
    let nowMs = 0;
    const users = createActiveUsers(() => nowMs);
    users.saw(1);
    users.saw(2);
    nowMs = 4 * MINUTE_MS;
    users.saw(1);
    expect(users.count()).toBe(2);
    nowMs = 6 * MINUTE_MS;
    expect(users.count()).toBe(1);
    nowMs = 10 * MINUTE_MS;
    expect(users.count()).toBe(0);
  });
});
