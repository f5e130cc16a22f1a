import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
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
  /** The text after Alt and an arrow key: 1 for up, −1 for down. */
  onNudge?: (text: string, way: 1 | -1) => string;
  /** What stands behind the text, such as a handle that changes it. */
  children?: (text: string, setText: (text: string) => void) => ReactNode;
}

/** Where a key leads out of a one-line editor; undefined for keys of the text itself. */
export function moveOfKey(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Move | undefined {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down';
  if (event.key === 'Tab') return event.shiftKey ? 'left' : 'right';
  return undefined;
}

/** A line of text in the place of a cell. Leaving it keeps what was typed; Esc does not. */
export function InlineText(props: InlineTextProps) {
  const { label, selectAll, align, inputMode, onEnter, onCancel, onNudge, children } = props;
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
  const change = (next: string) => {
    setText(next);
    setWrong(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (onNudge && event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      change(onNudge(text, event.key === 'ArrowUp' ? 1 : -1));
      return;
    }
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
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          // What cannot be kept stays in sight with its reason until it is mended or given up.
          enter('stay');
        }}
      />
      {children?.(text, change)}
      {wrong !== undefined && (
        <span className={css.wrong} role="alert">
          {wrong}
        </span>
      )}
    </span>
  );
}
