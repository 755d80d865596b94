import { Field } from '../../ui/field.tsx';
import styles from './admin.module.css';

const LONGEST_FILTER = 90;

/** Where in a list one is: it is kept while one works on something of the list. */
export interface Place {
  /** What the names are to hold. */
  filter: string;
  /** The first is 1. */
  page: number;
}
export const START: Place = { filter: '', page: 1 };

/** What a list of admins needs of the page around it. */
export interface AdminListProps<Task> {
  place: Place;
  onPlace: (place: Place) => void;
  /** What was done last. */
  done: string;
  onTask: (task: Task) => void;
}

/** Narrows a list to the names that hold what is typed. */
export function ListFilter({
  label,
  place,
  onPlace,
}: { label: string } & Pick<AdminListProps<never>, 'place' | 'onPlace'>) {
  return (
    <Field
      label={label}
      maxLength={LONGEST_FILTER}
      value={place.filter}
      onChange={(event) => onPlace({ filter: event.target.value, page: 1 })}
      className={styles.filter}
    />
  );
}

/** What was done last, read out when it changes. */
export function Done({ sentence }: { sentence: string }) {
  return (
    <p role="status" className={styles.done}>
      {sentence}
    </p>
  );
}
