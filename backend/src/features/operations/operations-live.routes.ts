import { followKitchen } from '#contract/operations-events.ts';
import { readKitchenFigures } from '#contract/operations-figures.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { OperationsChangeFeed } from './operations-change-feed.ts';
import type { OperationsFigures } from './operations-figures.ts';

export function createOperationsLiveRoutes(parts: {
  figures: OperationsFigures;
  changeFeed: OperationsChangeFeed;
}): Route[] {
  async function* follow(signal: AbortSignal) {
    for await (const changed of parts.changeFeed.follow(signal)) {
      yield { event: 'changed' as const, data: { parts: changed } };
    }
  }
  return [
    route(readKitchenFigures).handledBy(async () => {
      const minutes = await parts.figures.read();
      return {
        status: 200,
        body: { minutes: minutes.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })) },
      };
    }),
    route(followKitchen).handledBy(() => ({ status: 200, events: follow })),
  ];
}
