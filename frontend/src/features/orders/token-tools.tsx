import { type ReactNode, useState } from 'react';
import { saveFile } from '../../lib/save-file.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

interface TokenToolsProps {
  jwt: string;
  orderId: number;
  /** What else can be done with the token. */
  children: ReactNode;
}

export function TokenTools({ jwt, orderId, children }: TokenToolsProps) {
  const t = useTexts('orders').token;
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  const copy = () => {
    // There is no clipboard on a page that did not come over https.
    const copying = navigator.clipboard?.writeText(jwt) ?? Promise.reject(new Error('no clipboard'));
    copying.then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  return (
    <div className="cluster muted">
      <Button look="quiet" size="small" onClick={copy}>
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} size={18} />
        <span>{t.copy}</span>
      </Button>
      <Button
        look="quiet"
        size="small"
        onClick={() => saveFile({ name: `pizza-${orderId}.jwt`, text: jwt, type: 'application/jwt' })}
      >
        <Icon name="download" size={18} />
        <span>{t.download}</span>
      </Button>
      {children}
      <p role="status">{outcome === 'copied' ? t.copied : outcome === 'failed' ? t.copyFailed : ''}</p>
    </div>
  );
}
