const ACTIVE_FOR_MS = 5 * 60_000;
// A map that only grows would be a leak; a look at it now and then costs nothing.
const LOOK_AGAIN_AT = 10_000;

/** Who was here within the last five minutes, known to this process alone and never told by name. */
export function createActiveUsers(now: () => number = () => performance.now()) {
  const lastSeen = new Map<number, number>();

  function forgetOld(): void {
    for (const [userId, seenAt] of lastSeen) {
      // In the order they were seen, so the first one that is active ends the look.
      if (now() - seenAt <= ACTIVE_FOR_MS) return;
      lastSeen.delete(userId);
    }
  }

  return {
    saw(userId: number): void {
      // Anew, so that it moves to the end.
      lastSeen.delete(userId);
      lastSeen.set(userId, now());
      if (lastSeen.size > LOOK_AGAIN_AT) forgetOld();
    },
    count(): number {
      forgetOld();
      return lastSeen.size;
    },
  };
}
