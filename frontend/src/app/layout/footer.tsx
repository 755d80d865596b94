import { useTexts } from '../../lib/texts.ts';
import { Link } from '../../ui/link.tsx';
import { appTexts } from '../app.texts.ts';
import { docsPath } from '../paths.ts';
import { BrandMark } from './brand.tsx';
import styles from './footer.module.css';

export function Footer() {
  const t = useTexts(appTexts).footer;
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <BrandMark size={56} />
        <p className={styles.line}>{t.line}</p>
        <p className={styles.small}>{t.small}</p>
        <Link to={docsPath('service')} className={styles.link}>
          {t.api}
        </Link>
      </div>
    </footer>
  );
}
