import { type KeyBindingMap, tinykeys } from 'tinykeys';
import { t } from './i18n.ts';

/** Whether this machine has a command key. */
export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

const macSigns: Record<string, string> = { $mod: '⌘', Meta: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧' };
const otherSigns: Record<string, string> = { $mod: 'Ctrl', Control: 'Ctrl', Meta: 'Win' };
const keySigns: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
  Backspace: '⌫',
  Delete: 'Del',
  Space: '␣',
};

/**
 * The keys of a shortcut as they stand on this machine's keyboard.
 * Shortcuts are written as tinykeys writes them: "$mod+k" (⌘ on a Mac, Ctrl elsewhere), "g i" for one after the other.
 */
export function shortcutKeys(shortcut: string, mac: boolean = isMac): string[] {
  const signs = mac ? macSigns : otherSigns;
  return shortcut.split(' ').flatMap((press) => {
    const parts = press === '+' ? ['+'] : press.split('+');
    // Shift is part of typing a sign: "Shift+?" is simply "?".
    const visible = parts.filter((part, at) => !(part === 'Shift' && /^[^\w]$/.test(parts[at + 1] ?? '')));
    return visible.map(
      (part) => signs[part] ?? keySigns[part] ?? (part.length === 1 ? part.toUpperCase() : part),
    );
  });
}

/** The shortcut within a sentence: ⌘Z, Ctrl+Z. */
export function shortcutText(shortcut: string, mac: boolean = isMac): string {
  return shortcutKeys(shortcut, mac).join(mac ? '' : '+');
}

/** The shortcut in words, for screen readers. */
export function shortcutSpoken(shortcut: string, mac: boolean = isMac): string {
  const words = shortcut
    .split(' ')
    .map((press) =>
      press === '+' ? press : press.replaceAll('$mod', mac ? 'Command' : 'Control').replaceAll('+', ' '),
    );
  return words.join(t('keys.then'));
}

/** Whether keys pressed in this place are typing. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const control = target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])');
  if (control instanceof HTMLInputElement)
    return !/^(checkbox|radio|range|button|submit|reset)$/.test(control.type);
  return control !== null;
}

/** Whether this place keeps the keys for itself: inside anything marked data-hotkeys="off" (menus, dialogs). */
export function keepsKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-hotkeys="off"]') !== null;
}

/** Binds shortcuts on the window; returns how to unbind. Each handler decides whether the event is its own. */
export function bindKeys(bindings: KeyBindingMap): () => void {
  return tinykeys(window, bindings, { timeout: 900 });
}
