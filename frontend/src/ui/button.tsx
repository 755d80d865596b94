import type { ButtonHTMLAttributes, Ref } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './button.module.css';
import { Link, type LinkProps } from './link.tsx';

type Look = 'main' | 'quiet' | 'plain';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  ref?: Ref<HTMLButtonElement>;
  look?: Look;
  size?: 'medium' | 'large' | 'small';
  /** Says that its work is under way; it keeps its width and its place in the tab order. */
  isBusy?: boolean;
}

function classOf(look: Look, size: string, className?: string) {
  return classNames(styles.button, styles[look], styles[size], className);
}

export function Button({ look = 'main', size = 'medium', isBusy = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy || undefined}
      className={classNames(classOf(look, size, className), isBusy && styles.busy)}
    />
  );
}

export function ButtonLink({
  look = 'main',
  size = 'medium',
  className,
  ...rest
}: LinkProps & { look?: Look; size?: ButtonProps['size'] }) {
  return <Link {...rest} className={classOf(look, size ?? 'medium', className)} />;
}
