import { type ComponentType, lazy } from 'react';

/** A component whose code is fetched when it is first shown. React asks for a default export, ours have names. */
export function lazyComponent<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await load() }));
}
