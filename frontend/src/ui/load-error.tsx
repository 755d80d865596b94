import { describeError } from '../lib/error-texts.ts';
import { useTexts } from '../lib/texts.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** What stands in place of something that could not be loaded, with a way on. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTexts('errors');
  const sentence = describeError(error, t);
  return (
    <Notice
      tone="bad"
      title={t.title}
      action={
        <Button look="quiet" onClick={onRetry}>
          {t.again}
        </Button>
      }
    >
      {sentence}
    </Notice>
  );
}
