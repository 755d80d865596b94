import { useEffect } from 'react';
import { paths } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { useLogOut } from './auth.api.ts';
import { useSession } from './session.ts';

/** Opening this page logs out. */
export function LogoutPage() {
  const t = useTexts('auth').logout;
  const session = useSession();
  const { mutate, isIdle, error } = useLogOut();
  const isLoggedIn = Boolean(session.data);
  useEffect(() => {
    if (isLoggedIn && isIdle) mutate();
  }, [isLoggedIn, isIdle, mutate]);
  if (error) {
    return (
      <Section isNarrow>
        <PageHeading title={t.failed} />
        <LoadError query={{ error, refetch: mutate }} />
      </Section>
    );
  }
  if (session.data !== null) {
    return (
      <Section isNarrow>
        <PageHeading title={t.working} />
      </Section>
    );
  }
  return (
    <Section isNarrow>
      <PageHeading title={t.title} lead={t.lead} />
      <ButtonLink to={paths.home}>{t.again}</ButtonLink>
    </Section>
  );
}
