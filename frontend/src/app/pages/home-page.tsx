import { Suspense } from 'react';
import { BestPizzas } from '../../features/home/best-pizzas.tsx';
import { Hero } from '../../features/home/hero.tsx';
import { useMenu, useStores } from '../../features/menu/menu.api.ts';
import { lazyComponent } from '../../lib/lazy-component.ts';
import styles from './home-page.module.css';

// Below the fold on every screen: its code may come after the first picture.
const HomeStory = lazyComponent(async () => (await import('../../features/home/home-story.tsx')).HomeStory);

export function HomePage() {
  const menu = useMenu();
  const stores = useStores();
  return (
    <div className={styles.page}>
      <Hero />
      <BestPizzas menu={menu.data} hasFailed={menu.isError} />
      <Suspense fallback={<div style={{ height: '150vh' }} />}>
        <HomeStory stores={stores.data} haveStoresFailed={stores.isError} />
      </Suspense>
    </div>
  );
}
