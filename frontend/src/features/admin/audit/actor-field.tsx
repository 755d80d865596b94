import { useState } from 'react';
import type { User } from '#contract/users.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { useActorSuggestions } from './audit.api.ts';

// The addition is not part of a name, and cannot be typed by chance.
const nameOf = ({ name, email }: User) => `${name} (${email})`;

interface ActorFieldProps {
  actorId: number | undefined;
  onChange: (actorId: number | undefined) => void;
}

/** Finds somebody by name or address; chosen is who was typed in full. */
export function ActorField({ actorId, onChange }: ActorFieldProps) {
  const t = useStaffTexts('adminAudit').filter;
  const [typed, setTyped] = useState('');
  const [isLeft, setIsLeft] = useState(false);
  // What is looked for is what stands before the addition of a suggestion.
  const found = useActorSuggestions(typed.replace(/ \(.*$/, '').trim()).data?.users ?? [];
  const type = (next: string) => {
    setTyped(next);
    setIsLeft(false);
    const chosen = found.find((user) => nameOf(user) === next || user.email === next.trim());
    if (chosen?.id !== actorId) onChange(chosen?.id);
  };
  const isUnknown = isLeft && typed.trim() !== '' && actorId === undefined;
  return (
    <SuggestField
      label={t.actor}
      hint={t.actorHint}
      error={isUnknown ? t.unknownActor : undefined}
      value={typed}
      onChange={(event) => type(event.target.value)}
      onBlur={() => {
        type(typed);
        setIsLeft(true);
      }}
      suggestions={found.map(nameOf)}
    />
  );
}
