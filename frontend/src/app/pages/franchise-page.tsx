import { useSearchParams } from 'react-router';
import type { User } from '#contract/users.ts';
import { useSession } from '../../features/auth/session.ts';
import { useOwnFranchises } from '../../features/franchise/franchise.api.ts';
import { WhyFranchise } from '../../features/franchise/why-franchise.tsx';
import { lazyComponent } from '../../lib/lazy-component.ts';
import { LoadError } from '../../ui/load-error.tsx';
import { Section } from '../../ui/section.tsx';
import { PageLoading } from '../layout/page-loading.tsx';

// Only those who run a franchise fetch what it takes.
const DashboardPage = lazyComponent(
  async () => (await import('./franchise-dashboard-page.tsx')).FranchiseDashboardPage,
);

const hasRole = (user: User | null | undefined, name: string) =>
  user?.roles.some(({ role }) => role === name) ?? false;

/** For those who run a franchise: theirs. For an admin: the one asked for. For everybody else: why they should. */
export function FranchisePage() {
  const { data: user } = useSession();
  const [search] = useSearchParams();
  const asked = Number(search.get('franchise') ?? Number.NaN);
  if (user && hasRole(user, 'franchisee')) return <FranchisesOf user={user} asked={asked} />;
  if (hasRole(user, 'admin') && Number.isInteger(asked))
    return <DashboardPage franchises={[]} franchiseId={asked} />;
  return <WhyFranchise />;
}

function FranchisesOf({ user, asked }: { user: User; asked: number }) {
  const franchises = useOwnFranchises(user.id);
  const [first] = franchises.data ?? [];
  if (franchises.isError && !franchises.data)
    return (
      <Section>
        <LoadError query={franchises} />
      </Section>
    );
  if (!franchises.data) return <PageLoading />;
  const franchiseId = Number.isInteger(asked) ? asked : first?.id;
  if (franchiseId === undefined) return <WhyFranchise />;
  return <DashboardPage franchises={franchises.data} franchiseId={franchiseId} />;
}
