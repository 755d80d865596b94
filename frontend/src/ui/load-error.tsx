import { describeError, errorTexts } from '../lib/error-texts.ts';
import { type Texts, useTexts } from '../lib/texts.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

const texts: Texts<{ title: string; again: string }> = {
  en: { title: 'That did not come through', again: 'Try again' },
};

/** What stands in place of something that could not be loaded, with a way on. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTexts(texts);
  const sentence = describeError(error, useTexts(errorTexts));
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
