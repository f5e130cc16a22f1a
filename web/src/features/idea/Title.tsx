import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useHere } from '@/sync/presence.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import css from './Title.module.css';

/** The idea's title, edited where it stands: Enter or leaving keeps it, Esc does not. */
export function Title({ idea, mayEdit }: { idea: Idea; mayEdit: boolean }) {
  const { session } = useProject();
  const [draft, setDraft] = useState<string>();
  const [focused, setFocused] = useState(false);
  useHere(focused ? { idea: idea.id, field: 'title' } : undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  const text = draft ?? idea.title;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text]);
  if (!mayEdit) return <h2 className={css.title}>{idea.title}</h2>;

  const keep = () => {
    const title = (draft ?? '').replace(/\s+/g, ' ').trim();
    if (draft === undefined || title === idea.title) {
      setDraft(undefined);
      return;
    }
    if (title === '') return;
    setDraft(undefined);
    void session.setValues([{ id: idea.id, ref: 'title', value: title }]).then((group) => {
      if (group === undefined) setDraft(title);
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      event.currentTarget.blur();
    } else if (event.key === 'Escape' && draft !== undefined) {
      event.stopPropagation();
      setDraft(undefined);
    }
  };
  const empty = text.trim() === '';
  return (
    <div className={css.wrap}>
      <h2 className="visually-hidden">{idea.title}</h2>
      <textarea
        ref={area}
        className={css.title}
        rows={1}
        value={text}
        aria-label={t('idea.title')}
        aria-invalid={empty}
        aria-describedby={empty ? 'idea-title-empty' : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          keep();
        }}
        onKeyDown={onKeyDown}
      />
      {empty && (
        <p id="idea-title-empty" className={css.error} role="alert">
          {t('idea.title.empty')}
        </p>
      )}
    </div>
  );
}
