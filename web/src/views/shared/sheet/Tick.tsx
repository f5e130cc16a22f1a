import css from './Tick.module.css';

/** Props of Tick. */
export interface TickProps {
  checked: boolean;
  /** What it selects. */
  label: string;
  /** Told whether everything from the last one that was ticked is meant. */
  onTick: (extend: boolean) => void;
}

/** Selects a row of a grid. Drawn by the style sheet alone: a grid makes and drops dozens of these while it scrolls. */
export function Tick({ checked, label, onTick }: TickProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys (Shift+Space) and names the active cell
    <span
      role="checkbox"
      tabIndex={-1}
      aria-checked={checked}
      aria-label={label}
      className={css.tick}
      onClick={(event) => onTick(event.shiftKey)}
    />
  );
}
