import { describeError } from '../lib/error-texts.ts';
import { useTexts } from '../lib/texts.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** What stands in place of something that could not be loaded, with a way on. */
export function LoadError({
  query: { error, refetch },
}: {
  query: { error: unknown; refetch: () => unknown };
}) {
  const t = useTexts('errors');
  return (
    <Notice
      tone="bad"
      title={t.title}
      action={
        <Button look="quiet" onClick={() => void refetch()}>
          {t.again}
        </Button>
      }
    >
      {describeError(error, t)}
    </Notice>
  );
}
