/** The rest of a loop between two rounds: `sleep` waits so many milliseconds, `wake` ends the wait at once. */
export function createInterruptibleSleep() {
  let wake: () => void = () => undefined;
  return {
    sleep: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: (): void => wake(),
  };
}
