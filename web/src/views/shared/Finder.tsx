import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { TextField } from '@/ui/TextField.tsx';
import css from './connections.module.css';

/** Props of Finder. */
export interface FinderProps<T extends { id: number }> {
  label: string;
  /** What its answers are kept under. */
  queryKey: readonly unknown[];
  find: (text: string, signal: AbortSignal) => Promise<readonly T[]>;
  onChoose: (found: T) => void;
  children: (found: T) => ReactNode;
  /** What cannot be chosen. */
  except?: readonly number[] | undefined;
  /** Offered while nothing is typed. */
  offered?: readonly T[] | undefined;
  autoFocus?: boolean | undefined;
  /** Called when Escape is pressed in the empty line. */
  onLeave?: (() => void) | undefined;
}

/** A line that finds something by words, to be chosen by keys or pointer. */
export function Finder<T extends { id: number }>({
  label,
  queryKey,
  find,
  onChoose,
  children,
  except = [],
  offered = [],
  autoFocus,
  onLeave,
}: FinderProps<T>) {
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({
    enabled: wanted !== '',
    queryKey: [...queryKey, wanted],
    queryFn: ({ signal }) => find(wanted, signal),
  });
  const found = wanted === '' ? offered : (data ?? []).filter(({ id }) => !except.includes(id));
  const choose = (one: T | undefined) => {
    if (!one) return;
    setText('');
    setAt(0);
    onChoose(one);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((last) => Math.max(0, Math.min(found.length - 1, last + step)));
    } else if (event.key === 'Escape' && text === '' && onLeave) {
      event.preventDefault();
      onLeave();
    }
  };
  const nothing = wanted !== '' && !isFetching && found.length === 0;
  return (
    <div className={css.search}>
      <TextField
        value={text}
        onValueChange={(next) => {
          setText(next);
          setAt(0);
        }}
        onKeyDown={keys}
        role="combobox"
        aria-label={label}
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        placeholder={label}
        autoComplete="off"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because somebody asked to find something
        autoFocus={autoFocus}
      />
      {nothing && <p className={css.quiet}>{t('links.nothing')}</p>}
      <div id={list} role="listbox" aria-label={label} className={css.found} hidden={found.length === 0}>
        {found.map((one, index) => (
          <div
            key={one.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={css.option}
            onPointerEnter={() => setAt(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(one)}
            onKeyDown={keys}
          >
            {children(one)}
          </div>
        ))}
      </div>
    </div>
  );
}
