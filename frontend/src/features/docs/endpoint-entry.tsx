import type { EndpointResult } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts.ts';
import { Chip } from '../../ui/chip.tsx';
import styles from './docs.module.css';
import { TryIt } from './try-it.tsx';

type Endpoint = EndpointResult<EndpointOf<'GET /api/docs'>>['endpoints'][number];

export function EndpointEntry({ endpoint }: { endpoint: Endpoint }) {
  const t = useTexts('docs');
  const { method, path, description, requiresAuth, example, request, response } = endpoint;
  const hasResponse = response !== undefined && response !== null;
  return (
    <li className={styles.entry}>
      <h2 className={styles.call}>
        <span className={classNames(styles.method, styles[method.toLowerCase()])}>{method}</span>
        <code>{path}</code>
      </h2>
      <Chip tone={requiresAuth ? 'warm' : 'good'}>{requiresAuth ? t.session : t.open}</Chip>
      <p>{description}</p>
      {example && <Code title={t.example} text={example} />}
      <TryIt method={method} request={request} />
      {hasResponse && <Code title={t.response} text={JSON.stringify(response, null, 2)} />}
    </li>
  );
}

function Code({ title, text }: { title: string; text: string }) {
  return (
    <details>
      <summary>{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it */}
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
