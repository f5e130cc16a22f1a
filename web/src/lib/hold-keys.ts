import { isTyping } from './keys.ts';

/**
 * Holds what is typed while a window that takes text is on its way, and hands it to the first line of text that gets
 * the focus: keys pressed right after a shortcut are neither lost nor taken for shortcuts themselves. Ends with that
 * line, with Escape, or after `patience` ms; `until` focus: with whatever gets the focus, since what is on its way may
 * take no text. Returns how to end it early.
 */
export function holdKeys(patience = 5_000, until: 'text' | 'focus' = 'text'): () => void {
  let held = '';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return stop();
    if (event.key === 'Backspace') held = [...held].slice(0, -1).join('');
    else if ([...event.key].length === 1) held += event.key;
    else if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onFocus = (event: FocusEvent) => {
    const text = isTyping(event.target);
    if (!text && until === 'text') return;
    stop();
    if (text && held !== '') type(event.target, held);
  };
  const stop = () => {
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('focusin', onFocus, true);
    clearTimeout(timer);
  };
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('focusin', onFocus, true);
  const timer = setTimeout(stop, patience);
  return stop;
}

/** Adds text to a control as typing does, so that whoever listens hears of it. */
function type(target: EventTarget | null, text: string): void {
  if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLTextAreaElement)) return;
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(target), 'value') ?? {};
  set?.call(target, target.value + text);
  target.dispatchEvent(new Event('input', { bubbles: true }));
}
