import { useState } from 'react';

type Values<N extends string> = Record<N, string>;

/** Reads a form's texts; an empty one is named at once, without asking the service. */
export function useFormCheck<N extends string>(names: readonly N[], messages: Record<N, string>) {
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const read = (form: HTMLFormElement): Values<N> | undefined => {
    const data = new FormData(form);
    const values = Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? '')])) as Values<N>;
    const empty = names.filter((name) => values[name].trim() === '');
    setMissing(Object.fromEntries(empty.map((name) => [name, messages[name]])));
    const first = empty[0] && form.elements.namedItem(empty[0]);
    if (first instanceof HTMLElement) first.focus();
    return empty.length === 0 ? values : undefined;
  };
  return { missing, read };
}
