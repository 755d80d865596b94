import { useTexts } from '../../lib/texts.ts';
import { Section } from '../../ui/section.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import styles from './layout.module.css';

/** Shown while a page's code is on its way. */
export function PageLoading() {
  return (
    <Section>
      <Skeletons count={3} label={useTexts('app').loading} listClassName={styles.waiting} />
    </Section>
  );
}
