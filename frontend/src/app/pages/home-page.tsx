import { BestPizzas } from '../../features/home/best-pizzas.tsx';
import { Hero } from '../../features/home/hero.tsx';
import { HowItWorks } from '../../features/home/how-it-works.tsx';
import { StoreList } from '../../features/home/store-list.tsx';
import { WhyUs } from '../../features/home/why-us.tsx';
import { useMenu, useStores } from '../../features/menu/menu.api.ts';
import styles from './home-page.module.css';

export function HomePage() {
  const menu = useMenu();
  const stores = useStores();
  return (
    <div className={styles.page}>
      <Hero />
      <BestPizzas menu={menu.data} hasFailed={menu.isError} />
      <HowItWorks />
      <WhyUs />
      <StoreList stores={stores.data} hasFailed={stores.isError} />
    </div>
  );
}
