import { useNavigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { useShownTheme } from '../../lib/theme.ts';
import { Button } from '../../ui/button.tsx';
import { Picture } from '../../ui/picture.tsx';
import styles from './hero.module.css';

export function Hero() {
  const t = useTexts('home');
  const navigate = useNavigate();
  const theme = useShownTheme();
  return (
    <section className={styles.hero}>
      <title>{t.tab}</title>
      <div className={styles.inner}>
        <div className={styles.words}>
          <h1 className={styles.title}>{t.title}</h1>
          <p className={styles.lead}>{t.lead}</p>
          <Button size="large" onClick={() => void navigate(paths.menu)}>
            {t.order}
          </Button>
        </div>
        <div className={styles.scene}>
          <Picture
            key={theme}
            source={theme === 'light' ? '/pictures/hero-light.webp' : '/pictures/hero.webp'}
            alt=""
            sizes="(min-width: 60rem) 80vw, 140vw"
            isFirst
          />
        </div>
      </div>
    </section>
  );
}
