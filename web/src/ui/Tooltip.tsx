import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import css from './Tooltip.module.css';

/** Where a floating part opens. */
export type Side = 'top' | 'bottom' | 'left' | 'right';

/** Props of Tooltip. */
export interface TooltipProps {
  /** What it says. A description, never the only way to learn something on a touch screen. */
  content: ReactNode;
  /** Keys that do the same as the control. */
  shortcut?: string;
  /** top unless told. */
  side?: Side;
  /** The control: an element that takes a ref and props. */
  children: ReactElement<Record<string, unknown>>;
}

/** A short explanation that appears on hover and on focus. */
export function Tooltip({ content, shortcut, side = 'top', children }: TooltipProps) {
  // What is shown to the eye is told as the control's name or description, so the popup itself stays silent.
  const named = children.props['aria-label'] === content;
  const description = typeof content === 'string' && !named ? content : undefined;
  return (
    <Base.Root>
      <Base.Trigger render={children} aria-description={description} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className={css.positioner}>
          <Base.Popup className={css.popup} aria-hidden="true">
            {content}
            {shortcut && <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Lets neighbouring tooltips follow each other without delay; once, around the app. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={500} timeout={300}>
      {children}
    </Base.Provider>
  );
}
