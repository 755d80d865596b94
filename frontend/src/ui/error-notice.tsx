import { describeError } from '../lib/error-texts.ts';
import { useTexts } from '../lib/texts.ts';
import { Notice } from './notice.tsx';

/** What went wrong, for people; nothing while nothing did. */
export function ErrorNotice({ error }: { error: unknown }) {
  const t = useTexts('errors');
  return error ? <Notice tone="bad">{describeError(error, t)}</Notice> : null;
}
