import { useEffect, useRef, useState } from 'react';

/** The value as it was at most `everyMs` ago: for what is read out, and would never end if each change were. */
export function useUnhurried<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value);
  const shownAt = useRef(performance.now());
  useEffect(() => {
    const inMs = Math.max(0, shownAt.current + everyMs - performance.now());
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setShown(value);
    }, inMs);
    return () => clearTimeout(timer);
  }, [value, everyMs]);
  return shown;
}
