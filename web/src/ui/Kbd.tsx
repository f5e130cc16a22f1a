import { shortcutKeys, shortcutSpoken } from '@/lib/keys.ts';
import css from './Kbd.module.css';

/** Shows a shortcut ("$mod+k", "g i", "Shift+?") as the keys of this machine. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className={css.kbd}>
      <span className="visually-hidden">{shortcutSpoken(keys)}</span>
      {shortcutKeys(keys).map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the keys of one shortcut never change places
        <span key={index} className={css.key} aria-hidden="true">
          {key}
        </span>
      ))}
    </kbd>
  );
}
