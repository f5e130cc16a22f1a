import { type ComponentProps, useEffect, useRef } from 'react';
import { Link } from 'wouter';

/** Room above or below a line that was brought into sight, so that one sees that the list goes on; in px. */
const margin = 12;

/** A link to another page of the app. The one of the page that is open is in sight where the links scroll. */
export function NavLink({ href, children, ...rest }: Omit<ComponentProps<'a'>, 'ref'> & { href: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  const current = rest['aria-current'] === 'page';
  useEffect(() => {
    const list = link.current?.closest('nav');
    if (!current || !link.current || !list) return;
    const line = link.current.getBoundingClientRect();
    const seen = list.getBoundingClientRect();
    if (line.bottom > seen.bottom) list.scrollTop += line.bottom - seen.bottom + margin;
    else if (line.top < seen.top) list.scrollTop -= seen.top - line.top + margin;
  }, [current]);
  return (
    <Link href={href} {...rest} ref={link}>
      {children}
    </Link>
  );
}
