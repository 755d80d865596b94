import { DemoStack, type RunningStack, type StackOptions } from './demo-stack.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type StackRun = Omit<StackOptions, 'onProgress'> & {
  say(line: string): void;
  complain(line: string): void;
  /** Called once the service answers. What it starts beside the stack may break too, and then says so. */
  onReady(stack: RunningStack): undefined | Promise<string>;
};

/** Runs the stack until a signal, or until a part of it breaks; answers the exit code when nothing of it is left. */
export async function runStack({ say, complain, onReady, ...options }: StackRun): Promise<number> {
  const stack = new DemoStack();
  // Ctrl-C in a terminal reaches the whole chain of commands, so the same request can arrive several times.
  let signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM';
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const name of STOP_SIGNALS) {
      process.on(name, () => {
        if (name === 'SIGINT') signal = name;
        resolve('stopped');
      });
    }
  });
  const started = stack.start({ ...options, onProgress: say });
  const broken = started.then(async (running) => {
    const beside = onReady(running);
    return beside === undefined ? running.whenBroken : Promise.race([running.whenBroken, beside]);
  });
  const end = await Promise.race([stopped, broken.catch((error: Error) => error)]);
  if (end !== 'stopped') complain(end instanceof Error ? end.message : `${end}; stopping the rest`);
  // A start that is being broken off fails in its own way; nobody needs to hear of it.
  started.catch(() => {});
  const isOrderly = await stack.stop(signal);
  if (!isOrderly) complain('not everything ended by itself in time: ended by force');
  return end === 'stopped' && isOrderly ? 0 : 1;
}
