import { lazy, Suspense, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { createQueue } from '@/lib/queue.ts';

const SimilarBeside = lazy(() => import('./SimilarBeside.tsx'));

/** Props of TitleLine. */
export interface TitleLineProps {
  label: string;
  className?: string | undefined;
  typed?: string | undefined;
  /** Adds an idea; resolves to whether it worked. */
  onAdd: (title: string) => Promise<boolean>;
  onCancel: () => void;
  /** The focus went elsewhere; `added` is what became of the title that stood there, if one did. */
  onBlur: (added?: Promise<boolean>) => void;
}

/** A line that takes one title after the other: Enter adds and stays. Similar ideas stand beside it. */
export function TitleLine({ label, className, typed = '', onAdd, onCancel, onBlur }: TitleLineProps) {
  const [title, setTitle] = useState(typed);
  const [queue] = useState(createQueue);
  const line = useRef<HTMLInputElement>(null);
  const left = useRef(false);
  const add = async (): Promise<boolean> => {
    const given = title.trim();
    if (given === '') return true;
    setTitle('');
    const added = await queue(() => onAdd(given));
    // What was refused comes back into the line.
    if (!added) setTitle((next) => next || given);
    return added;
  };
  return (
    <>
      <input
        ref={line}
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to type here
        autoFocus
        className={className}
        value={title}
        placeholder={t('list.newTitle')}
        aria-label={label}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') {
            event.preventDefault();
            onCancel();
          } else if (event.key === 'Enter') {
            event.preventDefault();
            void add();
          }
        }}
        onBlur={(event) => {
          if (left.current || event.relatedTarget?.closest('[data-similar]')) return;
          onBlur(title.trim() === '' ? undefined : add());
        }}
      />
      {title.trim() !== '' && (
        <Suspense>
          <SimilarBeside
            title={title}
            line={line}
            onLeave={() => {
              left.current = true;
              onCancel();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
