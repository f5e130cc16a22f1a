import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import css from '../fields.module.css';
import { PopupEditor } from '../PopupEditor.tsx';
import type { EditorProps } from '../types.ts';

/** Its editor, beside the cell. */
export default function Editor({ field, value, typed, anchor, onCommit, onCancel }: EditorProps) {
  const [text, setText] = useState(typed ?? (typeof value === 'string' ? value : ''));
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const given = text.trim() === '' ? null : text;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onCommit(given, 'down');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      onCommit(given, event.shiftKey ? 'left' : 'right');
    }
  };
  return (
    <PopupEditor
      label={field.name}
      anchor={anchor}
      onLeave={() => onCommit(given, 'stay')}
      initialFocus={area}
    >
      <div className={css.area}>
        <TextArea
          ref={area}
          rows={6}
          value={text}
          onValueChange={setText}
          onKeyDown={onKeyDown}
          aria-label={field.name}
        />
        <div className={css.foot}>
          <span>
            <Kbd keys="$mod+Enter" /> {t('field.saves')}
          </span>
          <Button tone="primary" onClick={() => onCommit(given, 'stay')}>
            {t('ui.done')}
          </Button>
        </div>
      </div>
    </PopupEditor>
  );
}
