import { useLocation, useNavigate } from 'react-router';

/**
 * What an admin is about to do with something of a list. It is a step in the browser's history: back leads to the
 * list, and a reload keeps it.
 */
export function useTask<T>() {
  const { pathname, search, state } = useLocation();
  const navigate = useNavigate();
  return {
    task: (state as { task?: T } | null)?.task,
    begin: (task: T) => void navigate({ pathname, search }, { state: { task } }),
    end: () => void navigate(-1),
  };
}
