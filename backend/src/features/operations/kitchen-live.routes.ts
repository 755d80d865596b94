import { followKitchen } from '#contract/kitchen-events.ts';
import { readKitchenFigures } from '#contract/kitchen-figures.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { KitchenFigures } from './kitchen-figures.ts';
import type { KitchenLookout } from './kitchen-lookout.ts';

export function createKitchenLiveRoutes(parts: {
  figures: KitchenFigures;
  lookout: KitchenLookout;
}): Route[] {
  async function* follow(signal: AbortSignal) {
    for await (const changed of parts.lookout.follow(signal)) {
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
