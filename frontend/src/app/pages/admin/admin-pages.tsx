import { useLocation } from 'react-router';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../paths.ts';
import styles from './admin-pages.module.css';

/** The way between the pages of admins. The page one is on is no link: there is nowhere to go. */
export function AdminPages() {
  const t = useStaffTexts('admin').pages;
  const { pathname } = useLocation();
  const pages = [
    [paths.adminDashboard, t.franchises],
    [paths.adminUsers, t.users],
    [paths.adminMenu, t.menu],
    [paths.operations, t.operations],
    [paths.adminAudit, t.audit],
    [paths.adminBooks, t.books],
  ] as const;
  return (
    <nav aria-label={t.label} className={styles.pages}>
      <ul>
        {pages.map(([to, name]) => (
          <li key={to}>
            {to === pathname ? <span aria-current="page">{name}</span> : <Link to={to}>{name}</Link>}
          </li>
        ))}
      </ul>
    </nav>
  );
}
