import { useTexts } from '../../lib/texts.ts';
import { Picture } from '../../ui/picture.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import styles from './about.module.css';

export function AboutPage() {
  const t = useTexts('about').about;
  return (
    <div className={styles.page}>
      <div className={styles.corner}>
        <Picture source="/pictures/marinara.webp" alt="" sizes="(min-width: 60rem) 40rem, 70vw" isFirst />
      </div>
      <Section>
        <div className={styles.opening}>
          <PageHeading title={t.title} lead={t.lead} />
        </div>
        <div className={styles.chapters}>
          {t.chapters.map(({ title, text }) => (
            <article key={title}>
              <h2>{title}</h2>
              {text.map((paragraph) => (
                <p key={paragraph}>{paragraph}</p>
              ))}
            </article>
          ))}
        </div>
        <figure className={styles.motto}>
          <blockquote>{t.motto}</blockquote>
          <figcaption>{t.mottoBy}</figcaption>
        </figure>
      </Section>
    </div>
  );
}
