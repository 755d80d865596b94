import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { onOtherTab } from '../../features/auth/other-tabs.ts';
import { forgetSession, takeUpSession, useSession } from '../../features/auth/session.ts';
import { actingUser, isLogInAwaited, onActingUser, settleLogIn, userChanges } from '../../lib/acting-user.ts';
import { lazyComponent } from '../../lib/lazy-component.ts';
import { useTexts } from '../../lib/texts.ts';

const LogInAgain = lazyComponent(
  async () => (await import('../../features/auth/log-in-again.tsx')).LogInAgain,
);
const UnansweredOrders = lazyComponent(
  async () => (await import('./unanswered-orders.tsx')).UnansweredOrders,
);

/** The browser's other tabs log in and out for this one, too. */
function useOtherTabs(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onOtherTab((userId) => {
        if (userId === null) {
          settleLogIn('left');
          forgetSession(client);
        } else if (userId === actingUser()) settleLogIn('same');
        else {
          settleLogIn('other');
          void takeUpSession(client);
        }
      }),
    [client],
  );
}

/** Looks after the session while pages are open: it can end, or become another's, without any of them doing so. */
export function SessionWatch() {
  const { data: user } = useSession();
  const isAwaited = useSyncExternalStore(onActingUser, isLogInAwaited);
  useOtherTabs();
  return (
    <>
      <NewUser name={user?.name} />
      <Suspense fallback={null}>
        {user && isAwaited && <LogInAgain user={user} />}
        {user && <UnansweredOrders key={user.id} userId={user.id} />}
      </Suspense>
    </>
  );
}

/** Says whose the page has become, until the reader goes on to another one. */
function NewUser({ name }: { name: string | undefined }) {
  const t = useTexts('auth').session;
  const changes = useSyncExternalStore(onActingUser, userChanges);
  const { key } = useLocation();
  const isSentOn = useNavigationType() === 'REPLACE';
  const [last, setLast] = useState({ changes, place: changes > 0 ? key : undefined });
  if (last.changes !== changes) setLast({ changes, place: key });
  // A page that only sends its reader on is not one to have read it on.
  else if (last.place !== undefined && last.place !== key)
    setLast({ changes, place: isSentOn ? key : undefined });
  const isNews = last.place === key;
  useEffect(() => {
    if (changes > 0) window.scrollTo(0, 0);
  }, [changes]);
  return (
    <div role="status">{name !== undefined && isNews && <p className="banner">{t.changed({ name })}</p>}</div>
  );
}
