import { useEffect, useRef, useState } from 'react';

/**
 * What a live region says of a text that changes often: the first at once, then the latest at most every `everyMs`, so
 * that a listener is not read to for ever. Empty at first, because a region that arrives with its text is not read out.
 */
export function useSpoken(text: string, everyMs: number): string {
  const [spoken, setSpoken] = useState('');
  const spokenAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const inMs = Math.max(0, spokenAt.current + everyMs - performance.now());
    const timer = setTimeout(() => {
      spokenAt.current = performance.now();
      setSpoken(text);
    }, inMs);
    return () => clearTimeout(timer);
  }, [text, everyMs]);
  return spoken;
}
