import { useParams } from 'react-router';
import { docsPath } from '../../app/paths.ts';
import { useTexts } from '../../lib/texts.ts';
import { useApi } from '../../lib/use-api.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { EndpointEntry } from './endpoint-entry.tsx';

const OUR_SERVICE = 'service';

export function DocsPage() {
  const t = useTexts('docs');
  const { service } = useParams();
  const docs = useApi('GET /api/docs', { queryKey: ['docs'], enabled: service === OUR_SERVICE });
  if (service !== OUR_SERVICE) {
    return (
      <Section isNarrow>
        <PageHeading title={t.unknown.title} lead={t.unknown.lead} />
        <ButtonLink to={docsPath(OUR_SERVICE)}>{t.unknown.ours}</ButtonLink>
      </Section>
    );
  }
  return (
    <Section>
      <PageHeading
        title={t.title}
        lead={t.lead}
        {...(docs.data && { eyebrow: t.version({ version: docs.data.version }) })}
      />
      {docs.isError && <LoadError query={docs} />}
      {docs.isPending && <Skeletons count={5} label={t.loading} height="7rem" listClassName="stack" />}
      {docs.data && (
        <ul className="stack">
          {docs.data.endpoints.map((endpoint) => (
            <EndpointEntry key={`${endpoint.method} ${endpoint.path}`} endpoint={endpoint} />
          ))}
        </ul>
      )}
    </Section>
  );
}
