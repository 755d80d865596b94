import { type Location, useLocation } from 'react-router';
import { paths } from '../../app/paths.ts';

const formPaths: readonly string[] = [paths.login, paths.register, paths.logout];

interface ComeBack {
  /** Where to go after the form. */
  to: string;
  /** Whether that page sent the reader here because it needs a session. */
  isNeeded: boolean;
  /** To hand on, when the reader changes from one form to the other. */
  state: unknown;
}

/** Answers where somebody came from when a form interrupted them. */
export function useComeBack(): ComeBack {
  const { state } = useLocation() as Location<{ from?: Location; isNeeded?: boolean } | null>;
  const from = state?.from;
  const to = from && !formPaths.includes(from.pathname) ? `${from.pathname}${from.search}` : paths.home;
  return { to, isNeeded: state?.isNeeded === true, state };
}
