export interface WaitingRoom {
  /** Resolves after the time, or at once when everybody is let go. */
  wait(delayMs: number): Promise<void>;
  letGo(): void;
}

/** Answers a room in which slow answers sit out their time. */
export function createWaitingRoom(): WaitingRoom {
  const waiting = new Set<() => void>();
  return {
    wait(delayMs) {
      if (delayMs === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const leave = () => {
          clearTimeout(timer);
          waiting.delete(leave);
          resolve();
        };
        const timer = setTimeout(leave, delayMs);
        waiting.add(leave);
      });
    },
    letGo() {
      for (const leave of waiting) leave();
    },
  };
}
