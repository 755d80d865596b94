import type { ReactNode } from 'react';
import { LoadError } from './load-error.tsx';
import { Notice, type NoticeTone } from './notice.tsx';
import { Pager, type PagerProps } from './pager.tsx';
import { Skeletons } from './skeleton.tsx';

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
  /** What is shown is read again by itself: only a list that was never there is missed. */
  isLive?: boolean;
  loading: string;
  /** Said in place of an empty list. */
  empty: string;
  emptyTone?: NoticeTone;
  isEmpty: (page: T) => boolean;
  children: (page: T) => ReactNode;
  /** Of a list that has pages. */
  pager?: PagerProps;
  /** What stands below the list. */
  bottom?: ReactNode;
}

/** A list with its states: on its way, could not be had, empty, there; its pages, and what stands around it. */
export function ListFrame<T>(props: ListFrameProps<T>) {
  const { top, query, isLive, loading, empty, emptyTone, isEmpty, children, pager, bottom } = props;
  const { data, isError, isPending } = query;
  return (
    <div className="stack">
      {top}
      {isError && !(isLive && data) && <LoadError query={query} />}
      {isPending && <Skeletons count={5} label={loading} height="3.5rem" listClassName="stack" />}
      {data !== undefined && (isEmpty(data) ? <Notice tone={emptyTone}>{empty}</Notice> : children(data))}
      {pager && <Pager {...pager} />}
      {bottom}
    </div>
  );
}
