import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it } from '@jest/globals';
import { createLooking } from './looking.ts';
import { createLogger } from './observability/logger.ts';

it('the first look belongs to the request that asked for it, every later one to none', async () => {
  const request = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  await new Promise<void>((resolve, reject) => {
    const looking = createLooking({
      look: async () => {
        seen.push(request.getStore());
      },
      isFollowed: () => seen.length < 3,
      everyMs: 1,
      onRest: resolve,
      log: createLogger('silent'),
      subject: 'a test',
    });
    request.run('who follows first', () => looking.begin()).catch(reject);
  });
  expect(seen).toEqual(['who follows first', undefined, undefined]);
});
