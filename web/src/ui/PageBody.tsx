import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './PageBody.module.css';
import { TextField } from './TextField.tsx';

/** Props of PageBody. */
export interface PageBodyProps {
  /** What narrows what the page lists, above it. */
  bar?: ReactNode;
  /** The list brings its own scrolling and takes the whole page; otherwise it is a column to read. */
  fill?: true;
  children: ReactNode;
}

/** The content of a page that lists things. */
export function PageBody({ bar, fill, children }: PageBodyProps) {
  return (
    <div className={css.body} data-fill={fill}>
      {bar && <div className={css.bar}>{bar}</div>}
      {children}
    </div>
  );
}

/** Props of PageSearch. */
export interface PageSearchProps {
  label: string;
  value: string;
  onValueChange: (text: string) => void;
}

/** The line that searches what a page lists, for its bar. */
export function PageSearch({ label, value, onValueChange }: PageSearchProps) {
  return (
    <TextField
      className={css.search}
      icon={Search}
      clearable
      aria-label={label}
      placeholder={label}
      value={value}
      onValueChange={onValueChange}
    />
  );
}
