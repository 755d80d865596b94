export type ProcessIdentity = { pid: number; started: string | undefined };
export type Lock =
  | { taken: true; addHolder(pid: number): void; release(): void }
  | { taken: false; holders: ProcessIdentity[] };

export function startTimeOf(pid: number): string | undefined;
export function identityOf(pid: number): ProcessIdentity;
export function isRunning(identity: ProcessIdentity): boolean;
export function takeLock(path: string): Lock;
