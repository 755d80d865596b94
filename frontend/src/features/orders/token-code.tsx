import { useId, useState } from 'react';
import { encode } from 'uqr';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './token-code.module.css';

// The standard asks for four modules of white on every side, or a reader does not find the code.
const QUIET_ZONE = 4;
// 1,952 characters on 137 modules: the finest that a phone still reads from another phone's screen.
const LARGEST_VERSION = 32;

/** Low error correction: a screen is neither scratched nor stained, and every module counts. */
function draw(text: string) {
  return encode(text, { ecc: 'L', border: QUIET_ZONE, maxVersion: LARGEST_VERSION });
}

/** The token as a code; the address of its page when it is too long for one that can be read. */
function codeOf(jwt: string) {
  try {
    return { ...draw(jwt), isToken: true };
  } catch {
    return { ...draw(window.location.href), isToken: false };
  }
}

/** Runs of dark modules as one path; a square each would be thousands of elements. */
function pathOf(modules: readonly (readonly boolean[])[]): string {
  let path = '';
  for (const [y, row] of modules.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      let end = x;
      while (row[end]) end += 1;
      path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end;
    }
  }
  return path;
}

/** A code another device can read from this screen; made when it is asked for. */
export function TokenCode({ jwt }: { jwt: string }) {
  const t = useTexts('orders').token.code;
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  return (
    <div className={styles.code}>
      <Button
        look="quiet"
        size="small"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setIsShown(!isShown)}
      >
        <Icon name="code" size={18} />
        <span>{isShown ? t.hide : t.show}</span>
      </Button>
      <div id={id} className={styles.panel}>
        {isShown && <Code jwt={jwt} />}
      </div>
    </div>
  );
}

function Code({ jwt }: { jwt: string }) {
  const t = useTexts('orders').token.code;
  const { data, size, isToken } = codeOf(jwt);
  return (
    <figure className={styles.figure}>
      <svg role="img" aria-label={t.label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
        <path d={`M0 0h${size}v${size}H0z`} fill="#fff" />
        <path d={pathOf(data)} fill="#000" />
      </svg>
      <figcaption>{isToken ? t.token : t.address}</figcaption>
    </figure>
  );
}
