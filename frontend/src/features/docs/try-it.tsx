import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { sendRequest } from '../../lib/send-request.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './docs.module.css';

interface TryItProps {
  method: string;
  request: { path: string; body?: unknown };
}

const LINES_AT_MOST = 12;

/** The example of an endpoint, to change and to send as whoever is logged in. */
export function TryIt({ method, request }: TryItProps) {
  const t = useTexts('docs').tryIt;
  const bodyId = useId();
  const [path, setPath] = useState(request.path);
  const [body, setBody] = useState(
    request.body === undefined ? undefined : JSON.stringify(request.body, null, 2),
  );
  const sending = useMutation({ mutationFn: sendRequest });

  function send(event: FormEvent): void {
    event.preventDefault();
    // Only addresses of our own service: a typed host must not get a call with our reader's session.
    if (path.startsWith('/') && !path.startsWith('//')) sending.mutate({ method, path, body });
  }

  return (
    <details>
      <summary>{t.title}</summary>
      <form className={styles.form} onSubmit={send}>
        <Field
          label={t.address}
          value={path}
          onChange={(event) => setPath(event.target.value)}
          pattern="/(?!/).*"
          required
        />
        {body !== undefined && (
          <div className={styles.body}>
            <label htmlFor={bodyId}>{t.body}</label>
            <textarea
              id={bodyId}
              value={body}
              rows={Math.min(LINES_AT_MOST, body.split('\n').length)}
              spellCheck={false}
              onChange={(event) => setBody(event.target.value)}
            />
          </div>
        )}
        <p className="small">{t.hint}</p>
        <Button type="submit" size="small" isBusy={sending.isPending}>
          {sending.isPending ? t.sending : t.send}
        </Button>
        <div aria-live="polite">
          {sending.isError && <Notice tone="bad">{t.offline}</Notice>}
          {sending.data && (
            <>
              <p className={classNames(styles.status, sending.data.status < 400 ? styles.good : styles.bad)}>
                {`${sending.data.status} · ${sending.data.ms} ms`}
              </p>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it */}
              <pre tabIndex={0}>{sending.data.text}</pre>
            </>
          )}
        </div>
      </form>
    </details>
  );
}
