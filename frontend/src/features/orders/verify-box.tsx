import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useVerifyPizza } from './orders.api.ts';
import { OwnCheck } from './own-check.tsx';
import styles from './token.module.css';

/** The proof: asks the service whether the signature is the factory's. */
export function VerifyBox({ jwt }: { jwt: string }) {
  const t = useTexts('orders').token;
  const verification = useVerifyPizza();
  return (
    <div className={styles.verify}>
      <Button
        isBusy={verification.isPending}
        onClick={() => !verification.isPending && verification.mutate(jwt)}
      >
        {t.verify}
      </Button>
      {verification.isPending && <p role="status">{t.verifying}</p>}
      {verification.data === 'valid' && (
        <Notice tone="good" title={t.valid}>
          {t.validSays}
        </Notice>
      )}
      {verification.data === 'invalid' && (
        <Notice tone="bad" title={t.invalid}>
          {t.invalidSays}
        </Notice>
      )}
      <ErrorNotice error={verification.error} />
      <OwnCheck jwt={jwt} />
    </div>
  );
}
