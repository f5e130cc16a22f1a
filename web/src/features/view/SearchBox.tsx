import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { IconButton } from '@/ui/Button.tsx';
import { TextField } from '@/ui/TextField.tsx';
import type { Draft } from './draft.ts';
import css from './view.module.css';

const pause = 120;

/** Narrows the view to ideas whose text has the words; a button until it is used. */
export function SearchBox({ draft }: { draft: Draft }) {
  const { definition, change } = draft;
  const given = definition.query.search ?? '';
  const [text, setText] = useState(given);
  const [open, setOpen] = useState(given !== '');
  const latest = useLatest({ definition, change });
  const sent = useRef(given);

  // Back and Discard change the search from outside.
  useEffect(() => {
    if (given === sent.current) return;
    sent.current = given;
    setText(given);
    setOpen(given !== '');
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
  if (!open) return <IconButton label={t('view.search')} icon={Search} onClick={() => setOpen(true)} />;
  return (
    <TextField
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
        setOpen(false);
      }}
      onBlur={() => {
        if (text === '') setOpen(false);
      }}
    />
  );
}
