import type { ReactNode } from 'react';
import { useStaffTexts } from '../../lib/texts.ts';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import styles from './admin.module.css';

interface ListFrameProps<T> {
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
}

/** A list with its states: on its way, could not be had, empty, there; and its pages. */
export function ListFrame<T>({ query, loading, empty, isEmpty, children, page }: ListFrameProps<T>) {
  const t = useStaffTexts('admin');
  const { data } = query;
  return (
    <>
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
    </>
  );
}
