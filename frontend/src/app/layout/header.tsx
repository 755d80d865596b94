import { useLocation } from 'react-router';
import { useSession } from '../../features/auth/session.ts';
import { useTexts } from '../../lib/texts.ts';
import { Link, NavLink } from '../../ui/link.tsx';
import { paths } from '../paths.ts';
import { BrandMark } from './brand.tsx';
import styles from './header.module.css';
import { ThemeSwitch } from './theme-switch.tsx';

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}

export function Header() {
  const { brand, nav: t } = useTexts('app');
  const { data: user } = useSession();
  // Whoever logs in from a page comes back to it.
  const comeBack = { from: useLocation() };
  const isAdmin = user?.roles.some(({ role }) => role === 'admin') ?? false;
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link to={paths.home} className={styles.brand}>
          <BrandMark />
          <span>{brand}</span>
        </Link>
        <nav aria-label={t.label} className={styles.nav}>
          <div className={styles.pages}>
            <NavLink to={paths.menu}>{t.order}</NavLink>
            <NavLink to={paths.franchiseDashboard}>{t.franchise}</NavLink>
            <NavLink to={paths.about}>{t.about}</NavLink>
            <NavLink to={paths.history}>{t.history}</NavLink>
            {isAdmin && <NavLink to={paths.adminDashboard}>{t.admin}</NavLink>}
          </div>
          <div className={styles.account}>
            {user === null && (
              <>
                <NavLink to={paths.login} state={comeBack}>
                  {t.login}
                </NavLink>
                <NavLink to={paths.register} state={comeBack}>
                  {t.register}
                </NavLink>
              </>
            )}
            {user && (
              <>
                <NavLink to={paths.logout}>{t.logout}</NavLink>
                <NavLink
                  to={paths.dinerDashboard}
                  aria-label={`${initialsOf(user.name)}, ${t.account}`}
                  className={styles.me}
                >
                  {initialsOf(user.name)}
                </NavLink>
              </>
            )}
          </div>
        </nav>
        <ThemeSwitch />
      </div>
    </header>
  );
}
