import type { User } from '#contract/users.ts';
import { useSession } from '../../features/auth/auth.api.ts';
import { useOwnFranchises } from '../../features/franchise/franchise.api.ts';
import { OwnFranchises } from '../../features/franchise/own-franchises.tsx';
import { WhyFranchise } from '../../features/franchise/why-franchise.tsx';
import { useTexts } from '../../lib/texts.ts';
import { LoadError } from '../../ui/load-error.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';

/** For those who run a franchise: theirs. For everybody else: why they should. */
export function FranchisePage() {
  const { data: user } = useSession();
  const isFranchisee = user?.roles.some(({ role }) => role === 'franchisee') ?? false;
  return user && isFranchisee ? <FranchisesOf user={user} /> : <WhyFranchise />;
}

function FranchisesOf({ user }: { user: User }) {
  const t = useTexts('franchise').own;
  const franchises = useOwnFranchises(user.id);
  if (franchises.data?.length === 0) return <WhyFranchise />;
  return (
    <Section>
      {franchises.data ? (
        <OwnFranchises franchises={franchises.data} />
      ) : (
        <>
          <PageHeading title={t.title} lead={t.lead} />
          {franchises.isError ? (
            <LoadError error={franchises.error} onRetry={() => void franchises.refetch()} />
          ) : (
            <Skeletons count={4} label={t.loading} />
          )}
        </>
      )}
    </Section>
  );
}
