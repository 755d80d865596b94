import { RequireSession } from '../../features/auth/require-session.tsx';
import { Kitchen } from '../../features/kitchen/kitchen.tsx';
import { useStaffTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { paths } from '../paths.ts';

export function KitchenPage() {
  const t = useStaffTexts('kitchen');
  return (
    <RequireSession>
      {(user) =>
        user.roles.some(({ role }) => role === 'admin') ? (
          <Section>
            <PageHeading title={t.title} lead={t.lead} />
            <Kitchen />
          </Section>
        ) : (
          <Section isNarrow>
            <PageHeading title={t.refused.title} lead={t.refused.lead} />
            <ButtonLink to={paths.home}>{t.refused.home}</ButtonLink>
          </Section>
        )
      }
    </RequireSession>
  );
}
