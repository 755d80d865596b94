import type { ReactNode } from 'react';
import { useStaffTexts } from '../../lib/texts.ts';
import { Field } from '../../ui/field.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import styles from './admin.module.css';

const LONGEST_FILTER = 90;

/** Where in a list one is: it is kept while one works on something of the list. */
export interface Place {
  /** What the names are to hold. */
  filter: string;
  /** The first is 0. */
  page: number;
}
export const START: Place = { filter: '', page: 0 };

interface PlaceProps {
  place: Place;
  onPlace: (place: Place) => void;
}

/** Narrows a list to the names that hold what is typed. */
export function ListFilter({ label, place, onPlace }: PlaceProps & { label: string }) {
  return (
    <Field
      label={label}
      maxLength={LONGEST_FILTER}
      value={place.filter}
      onChange={(event) => onPlace({ filter: event.target.value, page: 0 })}
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

interface ListFrameProps<T> {
  /** What stands above the list: ways to narrow it or to add to it. */
  top?: ReactNode;
  query: {
    data: T | undefined;
    error: unknown;
    isError: boolean;
    isPending: boolean;
    refetch: () => unknown;
  };
  loading: string;
  /** Said in place of an empty list. */
  empty: string;
  isEmpty: (page: T) => boolean;
  children: (page: T) => ReactNode;
  /** Of a list that has pages; the first is 0. */
  page?: { number: number; more: boolean; onTurn: (page: number) => void };
  /** What stands below the list. */
  bottom?: ReactNode;
}

/** A list with its states: on its way, could not be had, empty, there; its pages, and what stands around it. */
export function ListFrame<T>(props: ListFrameProps<T>) {
  const { top, query, loading, empty, isEmpty, children, page, bottom } = props;
  const t = useStaffTexts('admin');
  const { data } = query;
  return (
    <div className={styles.list}>
      {top}
      {query.isError && <LoadError error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && (
        <Skeletons count={5} label={loading} className={styles.rest} listClassName={styles.list} />
      )}
      {data !== undefined && (isEmpty(data) ? <Notice>{empty}</Notice> : children(data))}
      {page && (
        <Pager
          texts={{ back: t.newer, next: t.older, page: t.page({ page: page.number + 1 }) }}
          hasBack={page.number > 0}
          hasNext={page.more}
          onBack={() => page.onTurn(page.number - 1)}
          onNext={() => page.onTurn(page.number + 1)}
        />
      )}
      {bottom}
    </div>
  );
}
