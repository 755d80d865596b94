import type { CSSProperties } from 'react';
import type { MenuItem } from '#contract/menu.ts';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Link } from '../../ui/link.tsx';
import { Picture } from '../../ui/picture.tsx';
import { findPicture } from '../../ui/picture-manifest.ts';
import { Section } from '../../ui/section.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import styles from './best-pizzas.module.css';

const SHOWN = 3;

/** The first pizzas of the menu, big. Without a menu the section says nothing rather than something wrong. */
export function BestPizzas({
  menu,
  hasFailed,
}: {
  menu: readonly MenuItem[] | undefined;
  hasFailed: boolean;
}) {
  const t = useTexts('home').best;
  const best = menu?.filter((pizza) => pizza.available).slice(0, SHOWN);
  if (hasFailed || best?.length === 0) return null;
  return (
    <Section>
      <div className={styles.head}>
        <div>
          <h2>{t.title}</h2>
          <p className={styles.lead}>{t.lead}</p>
        </div>
        <Link to={paths.menu}>{t.all}</Link>
      </div>
      {best ? (
        <ul className={styles.list}>
          {best.map((pizza) => (
            <li
              key={pizza.id}
              className={styles.card}
              style={{ '--pizza': findPicture(pizza.image).entry?.color } as CSSProperties}
            >
              <div className={styles.plate}>
                <Picture source={pizza.image} alt="" sizes="(min-width: 60rem) 34rem, 100vw" />
              </div>
              <h3 className={styles.title}>{pizza.title}</h3>
              <p className={styles.price}>
                <Amount bitcoin={pizza.price} />
              </p>
              <p className={styles.description}>{pizza.description}</p>
            </li>
          ))}
        </ul>
      ) : (
        <Skeletons count={SHOWN} label={t.loading} className={styles.rest} listClassName={styles.list} />
      )}
    </Section>
  );
}
