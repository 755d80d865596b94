import { useTexts } from '../../lib/texts.ts';
import { Picture } from '../../ui/picture.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './why-us.module.css';

export function WhyUs() {
  const t = useTexts('homeStory').why;
  return (
    <div className={styles.wrap}>
      <div className={styles.pizza}>
        <Picture source="/pictures/diavola.webp" alt="" sizes="(min-width: 60rem) 46rem, 90vw" />
      </div>
      <Section className={styles.section}>
        <h2>{t.title}</h2>
        <ul className={styles.points}>
          {t.points.map(({ title, text }) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
