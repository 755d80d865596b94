import type { EndpointOf } from '#contract/endpoints.ts';
import { useTexts } from '../../lib/texts.ts';
import styles from './account-card.module.css';

const ADDRESS: EndpointOf<'GET /api/user/me/data'>['path'] = '/api/user/me/data';

/** The browser fetches and saves it by itself: it may be longer than a page can hold. */
export function DownloadData() {
  const t = useTexts('auth').account;
  return (
    <a href={ADDRESS} download className={styles.way}>
      {t.download}
    </a>
  );
}
