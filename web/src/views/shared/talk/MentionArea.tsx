import { type KeyboardEvent, type RefObject, type SyntheticEvent, useId, useState } from 'react';
import { TextArea } from '@/ui/TextArea.tsx';
import { type Completing, completingAt } from '@/views/shared/markdown/mention-text.ts';
import { Offers } from './Offers.tsx';
import css from './talk.module.css';
import { type Completion, useCompletion } from './use-completion.ts';

/** Props of MentionArea. */
export interface MentionAreaProps {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  label: string;
  placeholder: string;
  invalid: boolean;
  autoFocus: boolean;
  /** How many lines it has at least; 2 unless said. */
  rows?: number;
  className?: string | undefined;
  onText: (text: string) => void;
  /** Something was chosen to complete what was typed. */
  onMention: (mention: Completion) => void;
  /** Files were pasted or dropped. */
  onFiles: (files: readonly File[]) => void;
  /** Keys that complete nothing. */
  onKeyDown: (event: KeyboardEvent) => void;
}

/** A place for several lines in which @ offers people and # offers ideas. */
export function MentionArea(props: MentionAreaProps) {
  const { area, text, label, placeholder, invalid, autoFocus, rows = 2, className } = props;
  const { onText, onMention, onFiles, onKeyDown } = props;
  const id = useId();
  const [at, setAt] = useState<Completing>();
  const [marked, setMarked] = useState(0);
  // What was sent meanwhile is completed no more.
  const offers = useCompletion(at && text.startsWith(at.query, at.from + 1) ? at : undefined);
  const chosen = Math.min(marked, offers.length - 1);
  const look = () => {
    const field = area.current;
    const next =
      field && field.selectionStart === field.selectionEnd
        ? completingAt(field.value, field.selectionStart)
        : undefined;
    if (next?.from !== at?.from || next?.query !== at?.query) setMarked(0);
    setAt(next);
  };
  const take = (offer: Completion) => {
    const field = area.current;
    if (!field || !at) return;
    const end = at.from + 1 + at.query.length;
    const rest = text.slice(end);
    const typed = `${offer.typed}${/^\s/.test(rest) ? '' : ' '}`;
    onMention(offer);
    onText(text.slice(0, at.from) + typed + rest);
    setAt(undefined);
    const caret = at.from + typed.length;
    // Once the new text stands there.
    requestAnimationFrame(() => {
      field.focus({ preventScroll: true });
      field.setSelectionRange(caret, caret);
    });
  };
  const receive = (event: SyntheticEvent, from: DataTransfer) => {
    const files = [...from.files];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };
  const onKey = (event: KeyboardEvent) => {
    const offer = offers[chosen];
    if (!offer || event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) {
      onKeyDown(event);
      return;
    }
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: offers.length - 1 };
    const move = moves[event.key];
    if (move !== undefined) setMarked((chosen + move) % offers.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(offer);
    else if (event.key === 'Escape') setAt(undefined);
    else {
      onKeyDown(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.area}>
      <TextArea
        ref={area}
        className={className}
        rows={rows}
        value={text}
        onValueChange={(next) => {
          onText(next);
          look();
        }}
        onSelect={look}
        onPaste={(event) => receive(event, event.clipboardData)}
        onDrop={(event) => receive(event, event.dataTransfer)}
        onBlur={() => setAt(undefined)}
        onKeyDown={onKey}
        placeholder={placeholder}
        aria-label={label}
        aria-invalid={invalid}
        aria-autocomplete="list"
        aria-controls={offers.length > 0 ? id : undefined}
        aria-activedescendant={offers.length > 0 ? `${id}-${chosen}` : undefined}
        autoFocus={autoFocus}
      />
      {offers.length > 0 && <Offers id={id} offers={offers} chosen={chosen} onTake={take} />}
    </div>
  );
}
