import { type ComponentProps, useId } from 'react';
import { Field } from './field.tsx';

interface SuggestFieldProps extends ComponentProps<typeof Field> {
  /** What is offered while somebody types; each once. */
  suggestions: readonly string[];
}

/** A field that offers what fits, by the browser's own list. */
export function SuggestField({ suggestions, ...field }: SuggestFieldProps) {
  const id = useId();
  return (
    <>
      <Field {...field} list={id} autoComplete="off" />
      <datalist id={id}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </>
  );
}
