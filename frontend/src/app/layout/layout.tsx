import { type ReactNode, Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import { FactoryStatus } from '../../features/status/factory-status.tsx';
import { isServiceReachable, onConnectivityChange } from '../../lib/connectivity.ts';
import { lazyComponent } from '../../lib/lazy-component.ts';
import { useTexts } from '../../lib/texts.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import styles from './layout.module.css';

// It waits for the first page: nothing can have ended before.
const SessionWatch = lazyComponent(async () => (await import('../session/session-watch.tsx')).SessionWatch);

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
  const isReachable = useSyncExternalStore(onConnectivityChange, isServiceReachable);
  return (
    <>
      <a href="#content" className={styles.skip}>
        {t.skip}
      </a>
      <Header />
      {/* The one place that says that the network or our service is away; it goes when somebody has answered again. */}
      <div role="status">{!isReachable && <p className="banner">{t.offline}</p>}</div>
      <FactoryStatus />
      <Suspense fallback={null}>
        <SessionWatch />
      </Suspense>
      <main id="content" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Footer />
    </>
  );
}
