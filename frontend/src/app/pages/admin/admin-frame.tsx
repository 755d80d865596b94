import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import type { User } from '#contract/users.ts';
import { RequireSession } from '../../../features/auth/require-session.tsx';
import { type StaffTextsOf, useStaffTexts } from '../../../lib/texts.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Link } from '../../../ui/link.tsx';
import { PageHeading, Section } from '../../../ui/section.tsx';
import { paths } from '../../paths.ts';
import styles from './admin-frame.module.css';

export interface AdminPage {
  path: string;
  /** Which of the texts calls it in the way between the pages. */
  name: keyof StaffTextsOf<'admin'>['pages'];
  /** Which part of the texts has its title. */
  texts: 'adminFranchises' | 'adminUsers' | 'adminMenu' | 'adminAudit' | 'adminFigures' | 'operations';
  content: (user: User) => ReactNode;
}

interface AdminFrameProps {
  page: AdminPage;
  pages: readonly AdminPage[];
}

/** What all pages of admins share: the check of the role, which the service makes, too, the other pages, the title. */
export function AdminFrame({ page, pages }: AdminFrameProps) {
  const { title, lead } = useStaffTexts(page.texts);
  return (
    <RequireSession>
      {(user) =>
        user.roles.some(({ role }) => role === 'admin') ? (
          <Section>
            <OtherPages pages={pages} />
            <div className={styles.heading}>
              <PageHeading title={title} lead={lead} />
            </div>
            {page.content(user)}
          </Section>
        ) : (
          <StaffOnly isFranchisee={user.roles.some(({ role }) => role === 'franchisee')} />
        )
      }
    </RequireSession>
  );
}

/** The page one is on is no link: there is nowhere to go. */
function OtherPages({ pages }: Pick<AdminFrameProps, 'pages'>) {
  const t = useStaffTexts('admin').pages;
  const { pathname } = useLocation();
  return (
    <nav aria-label={t.label} className={styles.pages}>
      <ul>
        {pages.map(({ path, name }) => (
          <li key={path}>
            {path === pathname ? (
              <span aria-current="page">{t[name]}</span>
            ) : (
              <Link to={path}>{t[name]}</Link>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function StaffOnly({ isFranchisee }: { isFranchisee: boolean }) {
  const t = useStaffTexts('admin').refused;
  return (
    <Section isNarrow>
      <PageHeading title={t.title} lead={t.lead} />
      <div className="cluster">
        {isFranchisee && <ButtonLink to={paths.franchiseDashboard}>{t.franchise}</ButtonLink>}
        <ButtonLink to={paths.home} look={isFranchisee ? 'quiet' : 'main'}>
          {t.home}
        </ButtonLink>
      </div>
    </Section>
  );
}
