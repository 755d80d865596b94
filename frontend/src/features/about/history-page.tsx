import { useTexts } from '../../lib/texts.ts';
import { PageHeading, Section } from '../../ui/section.tsx';
import styles from './about.module.css';

export function HistoryPage() {
  const t = useTexts('about').history;
  return (
    <Section>
      <PageHeading title={t.title} lead={t.lead} />
      <ol className={styles.moments}>
        {t.moments.map(({ when, title, text }) => (
          <li key={title}>
            <p className={styles.when}>{when}</p>
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
