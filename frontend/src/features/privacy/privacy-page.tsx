import { useTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import styles from './privacy.module.css';

/** What is kept of whom, for how long, and who sees it: on one page, in words that need no lawyer. */
export function PrivacyPage({ accountPath }: { accountPath: string }) {
  const t = useTexts('privacy');
  const { columns, rows } = t.kept;
  return (
    <Section>
      <PageHeading title={t.title} lead={t.lead} />
      <section className={styles.chapter} aria-labelledby="privacy-kept">
        <h2 id="privacy-kept">{t.kept.title}</h2>
        <DataTable
          label={t.kept.title}
          columns={[
            { title: columns.what, cell: ({ what }) => <span className={styles.what}>{what}</span> },
            { title: columns.why, cell: ({ why }) => why },
            { title: columns.howLong, cell: ({ howLong }) => howLong },
          ]}
          rows={rows}
          keyOf={({ what }) => what}
        />
        <p className="muted">{t.kept.settings}</p>
      </section>
      <section className={styles.chapter} aria-labelledby="privacy-seen">
        <h2 id="privacy-seen">{t.seen.title}</h2>
        <dl className={styles.people}>
          {t.seen.people.map(({ who, what }) => (
            <div key={who}>
              <dt>{who}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={styles.chapter} aria-labelledby="privacy-browser">
        <h2 id="privacy-browser">{t.browser.title}</h2>
        <ul className={styles.items}>
          {t.browser.items.map(({ what, why }) => (
            <li key={what}>
              <strong>{what}</strong> <span>{why}</span>
            </li>
          ))}
        </ul>
        <p>{t.browser.none}</p>
      </section>
      <section className={styles.chapter} aria-labelledby="privacy-rights">
        <h2 id="privacy-rights">{t.rights.title}</h2>
        {t.rights.text.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <ButtonLink to={accountPath} look="quiet">
          {t.rights.account}
        </ButtonLink>
      </section>
    </Section>
  );
}
