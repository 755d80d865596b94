interface Line {
  waiting: number;
  /** When the oldest of them was placed. */
  since: Date | undefined;
}

interface Trouble {
  /** Since when a factory has given nothing good; the earliest when there are several. */
  since: Date | undefined;
  /** No factory takes orders: each one's circuit is open, or an operator holds it. */
  isDown: boolean;
}

/** How the service is, for people who want pizza: `slow` also while orders wait for no trouble that is known. */
export function serviceStateOf(
  line: Line,
  trouble: Trouble,
): { kitchen: 'well' | 'slow' | 'down'; since: Date | undefined } {
  if (trouble.isDown) return { kitchen: 'down', since: trouble.since ?? line.since };
  if (trouble.since) return { kitchen: 'slow', since: trouble.since };
  return line.waiting > 0 ? { kitchen: 'slow', since: line.since } : { kitchen: 'well', since: undefined };
}
