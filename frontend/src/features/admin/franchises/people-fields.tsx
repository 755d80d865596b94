import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from '../admin.module.css';

const MOST_PEOPLE = 20;

interface PeopleFieldsProps {
  emails: readonly string[];
  onChange: (emails: string[]) => void;
  /** By the path of the field, as the service names it. */
  errors: Partial<Record<string, string>>;
}

/** As the service names the field at this place of the list. */
export const emailField = (index: number) => `admins.${index}.email`;

/** One field for each franchisee; the first is called as people and their tests know it. */
export function PeopleFields({ emails, onChange, errors }: PeopleFieldsProps) {
  const t = useStaffTexts('adminFranchises').form;
  return (
    <>
      {emails.map((email, index) => (
        // A field is its place in the list: two of them may hold the same.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className={styles.person}>
          <Field
            label={index === 0 ? t.email : t.emailOf({ number: index + 1 })}
            name={emailField(index)}
            type="email"
            autoComplete="off"
            value={email}
            onChange={(event) => onChange(emails.with(index, event.target.value))}
            error={errors[emailField(index)]}
          />
          {emails.length > 1 && (
            <Button
              look="quiet"
              aria-label={t.remove({ number: index + 1 })}
              onClick={() => onChange(emails.toSpliced(index, 1))}
            >
              <span aria-hidden="true">×</span>
            </Button>
          )}
        </div>
      ))}
      {emails.length < MOST_PEOPLE && (
        <Button look="plain" className="start" onClick={() => onChange([...emails, ''])}>
          {t.more}
        </Button>
      )}
    </>
  );
}
