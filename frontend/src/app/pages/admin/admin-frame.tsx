import type { ReactNode } from 'react';
import type { User } from '#contract/users.ts';
import { RequireSession } from '../../../features/auth/require-session.tsx';
import { useStaffTexts } from '../../../lib/texts.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { PageHeading, Section } from '../../../ui/section.tsx';
import { paths } from '../../paths.ts';
import styles from './admin-frame.module.css';
import { AdminPages } from './admin-pages.tsx';

interface AdminFrameProps {
  title: string;
  lead: string;
  children: (user: User) => ReactNode;
}

/** What all pages of admins share: the door, the way to the other pages, the title. The service keeps the door, too. */
export function AdminFrame({ title, lead, children }: AdminFrameProps) {
  return (
    <RequireSession>
      {(user) =>
        user.roles.some(({ role }) => role === 'admin') ? (
          <Section>
            <AdminPages />
            <div className={styles.heading}>
              <PageHeading title={title} lead={lead} />
            </div>
            {children(user)}
          </Section>
        ) : (
          <StaffOnly isFranchisee={user.roles.some(({ role }) => role === 'franchisee')} />
        )
      }
    </RequireSession>
  );
}

function StaffOnly({ isFranchisee }: { isFranchisee: boolean }) {
  const t = useStaffTexts('admin').refused;
  return (
    <Section isNarrow>
      <PageHeading title={t.title} lead={t.lead} />
      <div className={styles.ways}>
        {isFranchisee && <ButtonLink to={paths.franchiseDashboard}>{t.franchise}</ButtonLink>}
        <ButtonLink to={paths.home} look={isFranchisee ? 'quiet' : 'main'}>
          {t.home}
        </ButtonLink>
      </div>
    </Section>
  );
}
