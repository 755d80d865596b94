import { useSearchParams } from 'react-router';
import type { Franchise } from '#contract/franchises.ts';
import { useStores } from '../../features/franchise/dashboard/dashboard.api.ts';
import { FranchiseDashboard } from '../../features/franchise/dashboard/franchise-dashboard.tsx';
import { hasCode } from '../../lib/api-error.ts';
import { useStaffTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { PageLoading } from '../layout/page-loading.tsx';
import { paths } from '../paths.ts';

interface FranchiseDashboardPageProps {
  /** The reader's own; empty for an admin who looks at another's. */
  franchises: readonly Franchise[];
  franchiseId: number;
}

/** One franchise. Whose it is not gets the service's word that there is no such franchise. */
export function FranchiseDashboardPage({ franchises, franchiseId }: FranchiseDashboardPageProps) {
  const t = useStaffTexts('franchiseDashboard').unknown;
  const [, setSearch] = useSearchParams();
  const stores = useStores(franchiseId);
  if (hasCode(stores.error, 'not_found'))
    return (
      <Section isNarrow>
        <PageHeading title={t.title} lead={t.lead} />
        <ButtonLink to={paths.franchiseDashboard}>{t.back}</ButtonLink>
      </Section>
    );
  if (stores.isError && !stores.data)
    return (
      <Section>
        <LoadError query={stores} />
      </Section>
    );
  if (!stores.data) return <PageLoading />;
  const own = franchises.find(({ id }) => id === franchiseId);
  return (
    <Section>
      <FranchiseDashboard
        key={franchiseId}
        franchise={own ?? stores.data.franchise}
        others={franchises}
        onChoose={(id) => setSearch({ franchise: String(id) })}
      />
    </Section>
  );
}
