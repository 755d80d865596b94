import { type SubmitEvent, useState } from 'react';
import type { ErrorCode } from '#contract/errors.ts';
import { ApiError } from './api-error.ts';
import { describeError, fieldErrorsOf } from './error-texts.ts';
import { useTexts } from './texts.ts';

type Typed<N extends string> = Record<N, string>;
/** What is said of a field that is wrong, or of the form as a whole; nothing where nothing is wrong. */
type Faults<N extends string> = { readonly [F in N | 'form']?: string | false | undefined };
type Sentences = Partial<Record<string, string>>;

/** What a form asks the service for. */
export interface FormChange {
  error: unknown;
  isPending: boolean;
  reset: () => void;
}

interface FormOptions<N extends string> {
  /** As the service names them: what it says of a field is shown there. */
  fields: readonly N[];
  change: FormChange;
  /** What is said of a field that was left empty. */
  required?: { readonly [F in NoInfer<N>]?: string };
  /** What else can be seen to be wrong without asking the service. */
  check?: (typed: Typed<N>) => Faults<NoInfer<N>>;
  /** What an error of the service means here. */
  refusals?: { readonly [C in ErrorCode]?: Faults<NoInfer<N>> };
  /** Said of the form when the service finds fault with fields. */
  marked?: string;
  /** Called when nothing is wrong and no answer is awaited. */
  onSubmit: (typed: Typed<N>) => void;
}

/** A form as its page shows it. */
export interface FormState {
  /** By the field's name. */
  errors: Sentences;
  problem: string | undefined;
  isPending: boolean;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
}

function said(faults: Faults<string> | undefined): Sentences {
  return Object.fromEntries(Object.entries(faults ?? {}).filter(([, sentence]) => sentence)) as Sentences;
}

function readTyped<N extends string>(form: HTMLFormElement, fields: readonly N[]): Typed<N> {
  const data = new FormData(form);
  return Object.fromEntries(fields.map((name) => [name, String(data.get(name) ?? '')])) as Typed<N>;
}

function focusFirst(form: HTMLFormElement, faults: Sentences): void {
  const wrong = [...form.elements].find((element) => (element.getAttribute('name') ?? '') in faults);
  if (wrong instanceof HTMLElement) wrong.focus();
}

/**
 * A form whose fields keep what is typed themselves, found by their names. What we can see to be wrong is said at once
 * and the first such field takes the focus; the rest the service is asked, and what it finds stands at the same places.
 */
export function useForm<const N extends string>(options: FormOptions<N>): FormState & { clear: () => void } {
  const { fields, change, required, check, refusals, marked, onSubmit } = options;
  const texts = useTexts('errors');
  const [ownFaults, setOwnFaults] = useState<Sentences>({});

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = readTyped(form, fields);
    const empty = fields.filter((name) => typed[name].trim() === '');
    const missing = Object.fromEntries(empty.map((name) => [name, required?.[name]]));
    const faults = { ...said(missing), ...said(check?.(typed)) };
    setOwnFaults(faults);
    focusFirst(form, faults);
    if (Object.keys(faults).length === 0 && !change.isPending) onSubmit(typed);
  }

  const { error } = change;
  const refusal = error instanceof ApiError ? said(refusals?.[error.problem.code]) : {};
  const found = { ...fieldErrorsOf(error, texts), ...refusal };
  const isMarked = fields.some((name) => found[name] !== undefined);
  const answer = isMarked ? marked : error ? describeError(error, texts) : undefined;
  return {
    errors: { ...found, ...ownFaults },
    problem: ownFaults.form ?? found.form ?? answer,
    isPending: change.isPending,
    onSubmit: submit,
    /** Forgets what was found. */
    clear: () => {
      setOwnFaults({});
      change.reset();
    },
  };
}
