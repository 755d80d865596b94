import { useEffect, useState } from 'react';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import rolesStyles from './roles-form.module.css';
import { useFranchiseSuggestions } from './users.api.ts';

export interface NamedFranchise {
  id: number;
  name: string;
}

interface FranchiseChoiceProps {
  franchises: readonly NamedFranchise[];
  onAdd: (franchise: NamedFranchise) => void;
  onTake: (franchise: NamedFranchise) => void;
}

/** The franchises somebody runs, with a field that finds another one by its name. */
export function FranchiseChoice({ franchises, onAdd, onTake }: FranchiseChoiceProps) {
  const t = useStaffTexts('adminUsers').roles;
  const [filter, setFilter] = useState('');
  const found = useFranchiseSuggestions(filter).data?.franchises ?? [];
  const [hasLeft, setHasLeft] = useState(false);
  const type = (typed: string) => {
    setHasLeft(false);
    // A suggestion that was chosen is typed in full at once.
    const chosen = found.find(({ name }) => name === typed);
    if (chosen) onAdd({ id: chosen.id, name: chosen.name });
    setFilter(chosen ? '' : typed);
  };
  // What was typed in full before its suggestion came is taken once somebody goes on, and it has come.
  const late = hasLeft ? found.find(({ name }) => name === filter) : undefined;
  const lateId = late?.id;
  useEffect(() => {
    if (lateId === undefined) return;
    onAdd({ id: lateId, name: filter });
    setFilter('');
    setHasLeft(false);
  }, [lateId, filter, onAdd]);
  return (
    <fieldset className={rolesStyles.roles}>
      <legend>{t.franchises}</legend>
      {franchises.length === 0 && <p className="muted">{t.none}</p>}
      <ul className={rolesStyles.franchises}>
        {franchises.map((franchise) => (
          <li key={franchise.id}>
            <span>{franchise.name}</span>
            <Button
              look="quiet"
              size="small"
              aria-label={t.take({ name: franchise.name })}
              onClick={() => onTake(franchise)}
            >
              <span aria-hidden="true">×</span>
            </Button>
          </li>
        ))}
      </ul>
      <SuggestField
        label={t.add}
        hint={t.addHint}
        value={filter}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setHasLeft(true)}
        suggestions={found.map(({ name }) => name)}
      />
    </fieldset>
  );
}
