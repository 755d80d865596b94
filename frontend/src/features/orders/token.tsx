import type { ReactNode } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts.ts';
import { decodePizza } from './decode-pizza.ts';
import styles from './token.module.css';
import { TokenCode } from './token-code.tsx';
import { HeaderFacts, PayloadFacts } from './token-parts.tsx';
import { TokenTools } from './token-tools.tsx';
import { VerifyBox } from './verify-box.tsx';

/** The pizza itself: the token, taken apart into its three coloured slices. */
export function Token({ jwt, orderId }: { jwt: string; orderId: number }) {
  const t = useTexts('orders').token;
  const decoded = decodePizza(jwt);
  return (
    <section className="stack" aria-labelledby="token-title">
      <h2 id="token-title">{t.title}</h2>
      <p className={styles.lead}>{t.lead}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it */}
      <section className={styles.whole} aria-label={t.whole} tabIndex={0}>
        <code>
          {decoded ? (
            <>
              <span className={styles.inHeader}>{`${decoded.parts.header}.`}</span>
              <span className={styles.inPayload}>{`${decoded.parts.payload}.`}</span>
              <span className={styles.inSignature}>{decoded.parts.signature}</span>
            </>
          ) : (
            jwt
          )}
        </code>
      </section>
      <TokenTools jwt={jwt} orderId={orderId}>
        <TokenCode jwt={jwt} />
      </TokenTools>
      <div className={styles.slices}>
        {decoded && (
          <>
            <Slice part="header" title={t.header} says={t.headerSays}>
              <HeaderFacts header={decoded.header} />
            </Slice>
            <Slice part="payload" title={t.payload} says={t.payloadSays}>
              <PayloadFacts payload={decoded.payload} />
            </Slice>
          </>
        )}
        <Slice part="signature" title={t.signature} says={t.signatureSays}>
          <VerifyBox jwt={jwt} />
        </Slice>
      </div>
    </section>
  );
}

function Slice({
  part,
  title,
  says,
  children,
}: {
  part: string;
  title: string;
  says: string;
  children: ReactNode;
}) {
  return (
    <article className={classNames(styles.slice, styles[part])}>
      <h3>{title}</h3>
      <p className={styles.says}>{says}</p>
      {children}
    </article>
  );
}
