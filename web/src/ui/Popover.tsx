import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { cx } from '@/lib/cx.ts';
import css from './Popover.module.css';
import popup from './popup.module.css';
import type { Align, Side } from './sides.ts';

/** Props of Popover. */
export interface PopoverProps {
  /** The button that opens it; leave out when `anchor` and `open` are given. */
  trigger?: ReactElement<Record<string, unknown>>;
  /** What it stands beside, when that is not the trigger (a cell of a grid). */
  anchor?: Element | RefObject<Element | null> | null;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** bottom unless told. */
  side?: Side;
  /** start unless told. */
  align?: Align;
  /** The popover's name for screen readers. */
  label: string;
  /** Opens also while the pointer rests on the trigger: for explanations. */
  onHover?: true;
  /** No padding: the content brings its own. */
  flush?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  /** What gets the focus when it is closed; the trigger unless told. */
  finalFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A small panel beside a control, for anything richer than a menu. */
export function Popover(props: PopoverProps) {
  const {
    trigger,
    anchor,
    open,
    onOpenChange,
    side = 'bottom',
    align = 'start',
    label,
    onHover,
    flush,
    initialFocus,
    finalFocus,
    children,
  } = props;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Base.Trigger render={trigger} openOnHover={onHover} delay={350} />}
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          anchor={anchor ?? undefined}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          <Base.Popup
            className={cx(popup.popup, css.popover)}
            aria-label={label}
            data-flush={flush || undefined}
            data-hotkeys="off"
            initialFocus={initialFocus}
            finalFocus={finalFocus}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
