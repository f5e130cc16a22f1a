import { Plus } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import { TitleLine } from '../shared/TitleLine.tsx';
import css from './AddCard.module.css';

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
        <TitleLine
          label={t('board.newTitle', { group: label })}
          className={css.input}
          onAdd={props.onAdd}
          onCancel={props.onLeave}
          onBlur={(added) => (added ? void added.then((done) => done && props.onLeave()) : props.onLeave())}
        />
      ) : (
        <button
          type="button"
          className={css.button}
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
