import { useTexts } from '../../lib/texts.ts';
import { Picture } from '../../ui/picture.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import styles from './franchise.module.css';

export function WhyFranchise() {
  const t = useTexts('franchise');
  return (
    <div className={styles.why}>
      <Section>
        <div className={styles.opening}>
          <PageHeading title={t.title} lead={t.lead} />
          <div className={styles.pizza}>
            <Picture
              source="/pictures/quattro-formaggi.webp"
              alt=""
              sizes="(min-width: 60rem) 44rem, 90vw"
              isFirst
            />
          </div>
        </div>
        <ul className={styles.reasons}>
          {t.reasons.map(({ title, text }) => (
            <li key={title}>
              <h2>{title}</h2>
              <p>{text}</p>
            </li>
          ))}
        </ul>
        <div className={styles.begin}>
          <h2>{t.stepsTitle}</h2>
          <ol className={styles.steps}>
            {t.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p>
            <strong>{t.call}</strong> <span>{t.callText}</span>
          </p>
        </div>
      </Section>
    </div>
  );
}
