import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useOwnCheck } from './orders.api.ts';
import styles from './token.module.css';

/** The proof without us: the reader's own browser holds the signature against the factory's public keys. */
export function OwnCheck({ jwt }: { jwt: string }) {
  const t = useTexts('orders').token.own;
  const { mutate, isPending, data: found } = useOwnCheck();
  return (
    <>
      <Button look="quiet" isBusy={isPending} onClick={() => !isPending && mutate(jwt)}>
        {t.check}
      </Button>
      {isPending && <p role="status">{t.checking}</p>}
      {found?.verdict === 'genuine' && (
        <Notice tone="good" title={t.genuine}>
          <span>{t.genuineSays}</span> <code className={styles.keyId}>{found.keyId}</code>
        </Notice>
      )}
      {found?.verdict === 'stale' && (
        <Notice tone="warm" title={t.stale}>
          <span>{t.staleSays}</span> <code className={styles.keyId}>{found.keyId}</code>
        </Notice>
      )}
      {found?.verdict === 'forged' && (
        <Notice tone="bad" title={t.forged}>
          {t.forgedSays[found.because]}
        </Notice>
      )}
      {found?.verdict === 'unknown' && (
        <Notice tone="warm" title={t.unknown}>
          {t.unknownSays[found.because]}
        </Notice>
      )}
    </>
  );
}
