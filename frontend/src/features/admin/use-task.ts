import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

/**
 * What an admin is about to do with something of a list, and what was done last. A task is a step in the browser's
 * history: back leads to the list, and a reload keeps it.
 */
export function useTask<T>() {
  const { pathname, search, state } = useLocation();
  const navigate = useNavigate();
  const [done, setDone] = useState('');
  const leave = () => void navigate(-1);
  return {
    task: (state as { task?: T } | null)?.task,
    begin: (task: T) => {
      setDone('');
      void navigate({ pathname, search }, { state: { task } });
    },
    leave,
    finish: (sentence: string) => {
      setDone(sentence);
      leave();
    },
    /** A sentence about what was done last; empty when nothing was. */
    done,
    setDone,
  };
}
