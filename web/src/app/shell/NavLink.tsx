import type { ComponentProps } from 'react';
import { Link } from 'wouter';

/** A link to another page of the app. */
export function NavLink({ href, children, ...rest }: Omit<ComponentProps<'a'>, 'ref'> & { href: string }) {
  return (
    <Link href={href} {...rest}>
      {children}
    </Link>
  );
}
