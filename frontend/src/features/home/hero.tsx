import { useNavigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Picture } from '../../ui/picture.tsx';
import styles from './hero.module.css';
import { homeTexts } from './home.texts.ts';

export function Hero() {
  const t = useTexts(homeTexts);
  const navigate = useNavigate();
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
        <div className={styles.pizza}>
          <Picture
            source="/pictures/charred-leopard.webp"
            alt=""
            sizes="(min-width: 60rem) 56rem, 110vw"
            isFirst
          />
        </div>
      </div>
    </section>
  );
}
