import { useRef, useState } from 'react';
import type { OwnSession } from '#contract/sessions.ts';
import { useTexts } from '../../lib/texts.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ListFrame } from '../../ui/list-frame.tsx';
import { deviceWords } from './device-words.ts';
import { SessionCard } from './session-card.tsx';
import { useEndOtherSessions, useEndSession, useSessions } from './sessions.api.ts';
import styles from './sessions.module.css';

const ownFirst = (sessions: readonly OwnSession[]): OwnSession[] =>
  sessions.toSorted((one, other) => Number(other.isCurrent) - Number(one.isCurrent));

/** Where somebody is logged in, with a way to end each of it. */
export function SessionList({ logOutPath }: { logOutPath: string }) {
  const t = useTexts('sessions');
  const sessions = useSessions();
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const [done, setDone] = useState('');
  const status = useRef<HTMLParagraphElement>(null);
  const say = (what: string) => {
    setDone(what);
    // The button that was pressed goes with its session.
    status.current?.focus();
  };
  const endOne = (session: OwnSession) => {
    setDone('');
    end.mutate(session.id, { onSuccess: () => say(t.ended({ device: deviceWords(session, t) })) });
  };
  const endAllOthers = () => {
    setDone('');
    endOthers.mutate(undefined, { onSuccess: () => say(t.othersEnded) });
  };
  return (
    <ListFrame
      top={
        <>
          <p ref={status} role="status" tabIndex={-1} className={styles.done}>
            {done}
          </p>
          <ErrorNotice error={end.error ?? endOthers.error} />
        </>
      }
      query={sessions}
      loading={t.loading}
      empty={t.none}
      isEmpty={(found) => found.sessions.length === 0}
    >
      {({ sessions: found }) => (
        <>
          <ul className={styles.list}>
            {ownFirst(found).map((session) => (
              <SessionCard
                key={session.id}
                session={session}
                logOutPath={logOutPath}
                isBusy={end.isPending && end.variables === session.id}
                onEnd={() => endOne(session)}
              />
            ))}
          </ul>
          {found.length > 1 && (
            <div className={styles.others}>
              <ConfirmButton
                question={t.othersQuestion}
                texts={{ yes: t.othersYes, no: t.othersNo }}
                isBusy={endOthers.isPending}
                onConfirm={endAllOthers}
              >
                {t.others}
              </ConfirmButton>
            </div>
          )}
        </>
      )}
    </ListFrame>
  );
}
