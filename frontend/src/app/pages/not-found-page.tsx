import { useTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Picture } from '../../ui/picture.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { paths } from '../paths.ts';
import styles from './not-found-page.module.css';

export function NotFoundPage() {
  const t = useTexts('app').notFound;
  return (
    <Section className={styles.page}>
      <div>
        <PageHeading title={t.title} lead={t.lead} />
        <div className="cluster">
          <ButtonLink to={paths.menu}>{t.menu}</ButtonLink>
          <ButtonLink to={paths.home} look="quiet">
            {t.home}
          </ButtonLink>
        </div>
      </div>
      <div className={styles.bitten}>
        <Picture source="/pictures/pepperoni.webp" alt="" sizes="(min-width: 60rem) 32rem, 80vw" />
      </div>
    </Section>
  );
}
