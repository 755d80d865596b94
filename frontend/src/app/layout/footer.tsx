import { useTexts } from '../../lib/texts.ts';
import { Link } from '../../ui/link.tsx';
import { docsPath, paths } from '../paths.ts';
import { BrandMark } from './brand.tsx';
import styles from './footer.module.css';
import { LanguageSwitch } from './language-switch.tsx';

export function Footer() {
  const t = useTexts('app').footer;
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <BrandMark size={56} />
        <p className={styles.line}>{t.line}</p>
        <p className="muted">{t.small}</p>
        <div className={styles.ways}>
          <Link to={docsPath('service')} className={styles.link}>
            {t.api}
          </Link>
          <Link to={paths.privacy} className={styles.link}>
            {t.privacy}
          </Link>
          <LanguageSwitch />
        </div>
      </div>
    </footer>
  );
}
