import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts.ts';
import { Section } from '../../ui/section.tsx';
import styles from './how-it-works.module.css';

const parts = ['header', 'payload', 'signature'] as const;
const sample = [
  'eyJhbGciOiJSUzI1NiJ9',
  'eyJkaW5lciI6InlvdSIsInBpenphIjoiVmVnZ2llIn0',
  'dGFzdGVzLWxpa2UtcHJvb2Y',
];

/** The three parts of a token as the three parts of a pizza. */
export function HowItWorks() {
  const t = useTexts('homeStory').how;
  return (
    <div className={styles.band}>
      <Section>
        <h2>{t.title}</h2>
        <p className={styles.lead}>{t.lead}</p>
        <p className={styles.sample} aria-hidden="true">
          {sample.map((text, index) => (
            <span key={text}>
              <span className={styles[parts[index] ?? 'header']}>{text}</span>
              {index < 2 && <span className={styles.dot}>.</span>}
            </span>
          ))}
        </p>
        <ol className={styles.parts}>
          {t.parts.map(({ title, text }, index) => (
            <li key={title} className={classNames(styles.part, styles[parts[index] ?? 'header'])}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </Section>
    </div>
  );
}
