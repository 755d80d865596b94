import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it } from '@jest/globals';
import { createChangeFeed } from './change-feed.ts';
import { createLogger } from './observability/logger.ts';

it('the first look belongs to the request that asked for it, every later one to none', async () => {
  const request = new AsyncLocalStorage<string>();
  const requestsOfLooks: (string | undefined)[] = [];
  const leaving = new AbortController();
  const feed = createChangeFeed<void, number>({
    subject: 'a test',
    everyMs: 1,
    read: async () => {
      requestsOfLooks.push(request.getStore());
    },
    findChanges: () => [['a topic', requestsOfLooks.length]],
    log: createLogger('silent'),
  });
  for await (const looks of request.run('who follows first', () => feed.follow('a topic', leaving.signal))) {
    if (looks === 3) break;
  }
  expect(requestsOfLooks).toEqual(['who follows first', undefined, undefined]);
});
