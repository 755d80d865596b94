import type { Store } from '../menu/menu.api.ts';
import { HowItWorks } from './how-it-works.tsx';
import { StoreList } from './store-list.tsx';
import { WhyUs } from './why-us.tsx';

interface HomeStoryProps {
  stores: readonly Store[] | undefined;
  haveStoresFailed: boolean;
}

/** The lower half of the home page. */
export function HomeStory({ stores, haveStoresFailed }: HomeStoryProps) {
  return (
    <div>
      <HowItWorks />
      <WhyUs />
      <StoreList stores={stores} hasFailed={haveStoresFailed} />
    </div>
  );
}
