import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { FactoryStatus } from '../../features/status/factory-status.tsx';
import { useTexts } from '../../lib/texts.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import styles from './layout.module.css';
import { OfflineBanner } from './offline-banner.tsx';

/** Focus and scroll follow the page, as they do when a browser loads a new one. */
function usePageChange() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(pathname);
  useEffect(() => {
    if (shownPath.current === pathname) return;
    shownPath.current = pathname;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

export function Layout({ children }: { children: ReactNode }) {
  const t = useTexts('app');
  const main = usePageChange();
  return (
    <>
      <a href="#content" className={styles.skip}>
        {t.skip}
      </a>
      <Header />
      <OfflineBanner />
      <FactoryStatus />
      <main id="content" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Footer />
    </>
  );
}
