import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import css from './fields.module.css';
import type { Move } from './types.ts';

/** Props of InlineText. */
export interface InlineTextProps {
  label: string;
  /** What stands in it at first. */
  text: string;
  /** Select all of it at once (opened by Enter); otherwise the caret stands at the end (opened by typing). */
  selectAll: boolean;
  align?: 'start' | 'end';
  inputMode?: 'decimal' | 'url';
  /** Takes what was typed; returns why it is refused, if it is. */
  onEnter: (text: string, move: Move) => string | undefined;
  onCancel: () => void;
}

/** Where a key leads out of a one-line editor; undefined for keys of the text itself. */
export function moveOfKey(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Move | undefined {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down';
  if (event.key === 'Tab') return event.shiftKey ? 'left' : 'right';
  return undefined;
}

/** A line of text in the place of a cell. Leaving it keeps what was typed; Esc does not. */
export function InlineText(props: InlineTextProps) {
  const { label, selectAll, align, inputMode, onEnter, onCancel } = props;
  const [text, setText] = useState(props.text);
  const [wrong, setWrong] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    element.focus({ preventScroll: true });
    if (selectAll) element.select();
    else element.setSelectionRange(element.value.length, element.value.length);
  }, [selectAll]);

  const enter = (move: Move) => {
    if (over.current) return;
    const refused = onEnter(text, move);
    if (refused !== undefined) setWrong(refused);
    else over.current = true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      over.current = true;
      event.preventDefault();
      onCancel();
      return;
    }
    const move = moveOfKey(event);
    if (move === undefined) return;
    event.preventDefault();
    enter(move);
  };
  return (
    <span className={css.inline} data-wrong={wrong !== undefined || undefined}>
      <input
        ref={input}
        className={css.inlineInput}
        data-align={align}
        aria-label={label}
        aria-invalid={wrong !== undefined}
        inputMode={inputMode}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(undefined);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          // What cannot be kept stays in sight with its reason until it is mended or given up.
          enter('stay');
        }}
      />
      {wrong !== undefined && (
        <span className={css.wrong} role="alert">
          {wrong}
        </span>
      )}
    </span>
  );
}
