import type { OwnSession } from '#contract/sessions.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/texts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Facts } from '../../ui/facts.tsx';
import { deviceWords } from './device-words.ts';
import styles from './sessions.module.css';

interface SessionCardProps {
  session: OwnSession;
  /** Where this browser logs out. */
  logOutPath: string;
  isBusy: boolean;
  onEnd: () => void;
}

export function SessionCard({ session, logOutPath, isBusy, onEnd }: SessionCardProps) {
  const t = useTexts('sessions');
  const { locale } = useLanguage();
  const device = deviceWords(session, t);
  return (
    <li className={styles.card}>
      <div className={styles.title}>
        <h2>{device}</h2>
        {session.isCurrent && <Chip tone="good">{t.current}</Chip>}
      </div>
      <Facts
        className={styles.facts}
        facts={[
          [t.lastUsed, session.isCurrent ? t.now : formatDateTime(session.lastUsedAt, locale)],
          [t.address, session.address ?? t.unknownAddress],
          [t.opened, formatDateTime(session.openedAt, locale)],
        ]}
      />
      {session.isCurrent ? (
        <ButtonLink to={logOutPath} look="quiet" size="small" className={styles.end}>
          {t.end}
        </ButtonLink>
      ) : (
        <Button
          look="quiet"
          size="small"
          className={styles.end}
          isBusy={isBusy}
          aria-label={t.endNamed({ device })}
          onClick={() => !isBusy && onEnd()}
        >
          {t.end}
        </Button>
      )}
    </li>
  );
}
