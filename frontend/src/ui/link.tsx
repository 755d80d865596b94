import type { AnchorHTMLAttributes } from 'react';
import { useHref, useLinkClickHandler, useLocation } from 'react-router';

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  /** What the page that opens may read of this one. */
  state?: unknown;
}

// The router's own links bring its machinery for servers and prefetching along, 3 kB that nothing here uses.
export function Link({ to, state, ...rest }: LinkProps) {
  const href = useHref(to);
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to, { state });
  return <a {...rest} href={href} onClick={onClick} />;
}

/** A link that says when it leads to the page one is on. */
export function NavLink(props: LinkProps) {
  const { pathname } = useLocation();
  return <Link {...props} aria-current={pathname === props.to ? 'page' : undefined} />;
}
