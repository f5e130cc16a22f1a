import { Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from './board.module.css';

/** Props of AddCard. */
export interface AddCardProps {
  left: number;
  top: number;
  width: number;
  /** The column and lane that it adds to. */
  label: string;
  adding: boolean;
  onStart: () => void;
  /** Adds an idea; resolves to whether it worked. */
  onAdd: (title: string) => Promise<boolean>;
  onLeave: () => void;
}

/** Adds ideas at the end of a column: a button, and while somebody types, a line. */
export function AddCard(props: AddCardProps) {
  const { left, top, width, label, adding, onStart } = props;
  return (
    <div className={css.add} style={{ insetInlineStart: left, insetBlockStart: top, inlineSize: width }}>
      {adding ? (
        <AddLine {...props} />
      ) : (
        <button
          type="button"
          className={css.addButton}
          aria-label={t('list.addTo', { group: label })}
          onClick={onStart}
        >
          <Icon of={Plus} size={14} />
          {t('list.add')}
        </button>
      )}
    </div>
  );
}

/** Takes one title after the other: Enter adds and stays. */
function AddLine({ label, onAdd, onLeave }: AddCardProps) {
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async (): Promise<boolean> => {
    const given = title.trim();
    if (given === '' || busy) return given === '';
    setBusy(true);
    setTitle('');
    const added = await onAdd(given);
    // What was refused comes back into the line.
    if (!added) setTitle((typed) => typed || given);
    setBusy(false);
    return added;
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to type here
      autoFocus
      className={css.addInput}
      value={title}
      placeholder={t('list.newTitle')}
      aria-label={t('board.newTitle', { group: label })}
      onChange={(event) => setTitle(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') {
          event.preventDefault();
          onLeave();
        } else if (event.key === 'Enter') {
          event.preventDefault();
          void add();
        }
      }}
      onBlur={() => {
        void add().then((done) => done && onLeave());
      }}
    />
  );
}
