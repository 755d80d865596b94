import { RequireSession } from '../../features/auth/require-session.tsx';
import { SessionList } from '../../features/sessions/session-list.tsx';
import { useTexts } from '../../lib/texts.ts';
import { Link } from '../../ui/link.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { paths } from '../paths.ts';

export function SessionsPage() {
  return <RequireSession>{() => <OwnSessions />}</RequireSession>;
}

function OwnSessions() {
  const t = useTexts('sessions');
  return (
    <Section isNarrow>
      <PageHeading title={t.title} lead={t.lead} />
      <div className="stack">
        <SessionList logOutPath={paths.logout} />
        <p>
          <Link to={paths.dinerDashboard}>{t.back}</Link>
        </p>
      </div>
    </Section>
  );
}
