import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { type FoundIdea, searchIdeas } from '@/sync/links.ts';
import { TextField } from '@/ui/TextField.tsx';
import css from './connections.module.css';

/** Props of IdeaSearch. */
export interface IdeaSearchProps {
  label: string;
  onChoose: (idea: FoundIdea) => void;
  /** Ideas that cannot be chosen. */
  except?: readonly number[];
  autoFocus?: boolean;
}

/** A line that finds an idea by words or key. */
export function IdeaSearch({ label, onChoose, except = [], autoFocus }: IdeaSearchProps) {
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({
    enabled: wanted !== '',
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => searchIdeas(wanted, signal),
  });
  const found = wanted === '' ? [] : (data ?? []).filter(({ id }) => !except.includes(id));
  const choose = (idea: FoundIdea | undefined) => {
    if (!idea) return;
    setText('');
    setAt(0);
    onChoose(idea);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((last) => Math.max(0, Math.min(found.length - 1, last + step)));
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
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because somebody asked to add a link
        autoFocus={autoFocus}
      />
      {nothing && <p className={css.quiet}>{t('links.nothing')}</p>}
      <div id={list} role="listbox" aria-label={label} className={css.found} hidden={found.length === 0}>
        {found.map((idea, index) => (
          <div
            key={idea.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={css.option}
            onPointerEnter={() => setAt(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(idea)}
            onKeyDown={keys}
          >
            <span className={css.key}>{idea.key}</span>
            <span className={css.title}>{idea.title}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
