import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { IconButton } from '@/ui/Button.tsx';
import { TextField } from '@/ui/TextField.tsx';
import type { Draft } from './draft.ts';
import css from './view.module.css';

const pause = 120;

/** Props of SearchBox. */
export interface SearchBoxProps {
  draft: Draft;
  /** Somebody asked for it by a command: it opens and takes the focus. */
  wanted: boolean;
  /** It was left. */
  onLeave: () => void;
}

/** Narrows the view to ideas whose text has the words; a button until it is used. */
export function SearchBox({ draft, wanted, onLeave }: SearchBoxProps) {
  const { definition, change } = draft;
  const given = definition.query.search ?? '';
  const [text, setText] = useState(given);
  const [opened, setOpened] = useState(given !== '');
  const input = useRef<HTMLInputElement>(null);
  const latest = useLatest({ definition, change });
  const sent = useRef(given);
  const open = opened || wanted;

  // Back and Discard change the search from outside.
  useEffect(() => {
    if (given === sent.current) return;
    sent.current = given;
    setText(given);
    setOpened(given !== '');
  }, [given]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      const { definition: now, change: write } = latest();
      write({ query: { ...now.query, search: text } });
    }, pause);
    return () => clearTimeout(timer);
  }, [text, latest]);
  useEffect(() => {
    if (wanted) input.current?.focus();
  }, [wanted]);
  if (!open) {
    return <IconButton label={t('view.search')} icon={Search} shortcut="/" onClick={() => setOpened(true)} />;
  }
  return (
    <TextField
      ref={input}
      autoFocus={given === ''}
      className={css.search}
      icon={Search}
      value={text}
      clearable
      placeholder={t('view.search')}
      aria-label={t('view.search')}
      onValueChange={setText}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        setText('');
        event.currentTarget.blur();
      }}
      onBlur={(event) => {
        onLeave();
        if (event.currentTarget.value === '' || text === '') setOpened(false);
      }}
    />
  );
}
