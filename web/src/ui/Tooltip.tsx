import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useState,
} from 'react';
import { useStore } from '@/lib/store.ts';
import { mergeProps, type Props } from './merge-props.ts';
import { TipPart } from './popups.ts';
import type { Side } from './sides.ts';
import { type Tip, type Tips, tips } from './tips.ts';

/** Props of Tooltip. */
export interface TooltipProps {
  /** What it says. A description, never the only way to learn something on a touch screen. */
  content: ReactNode;
  /** Keys that do the same as the control. */
  shortcut?: string;
  /** top unless told. */
  side?: Side;
  /** The control: an element that takes props. */
  children: ReactElement<Record<string, unknown>>;
}

/** A short explanation that appears on hover and on focus. */
export function Tooltip({ content, shortcut, side = 'top', children }: TooltipProps) {
  const [own] = useState(() => controlOf(tips));
  useEffect(() => own.tell({ content, shortcut, side }));
  useEffect(() => own.gone, [own]);
  // What is shown to the eye is told as the control's name or description, so the popup itself stays silent.
  const named = children.props['aria-label'] === content;
  const description = typeof content === 'string' && !named ? content : undefined;
  return cloneElement(
    children,
    mergeProps(children.props, { ...own.handlers, 'aria-description': description }),
  );
}

/** Where the explanations appear; once, around the app. */
export function TooltipLayer() {
  const shown = useStore(tips.shown);
  const [there, setThere] = useState(false);
  useEffect(() => {
    // Not to be had, it is asked for again by the next one.
    if (shown && !there)
      TipPart.whenThere(
        () => setThere(true),
        () => undefined,
      );
  }, [shown, there]);
  return there && <TipPart shown={shown} />;
}

/** One control among those that are explained. */
function controlOf(all: Tips): { handlers: Props; tell: (tip: Tip) => void; gone: () => void } {
  let anchor: Element | null = null;
  let tip: Tip = { content: null, side: 'top' };
  // The focus has left with the window, and comes back with it: nobody has turned to the control.
  let away = false;
  return {
    tell: (now) => {
      tip = now;
      all.change(anchor, tip);
    },
    gone: () => all.change(anchor, null),
    handlers: {
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType === 'touch') return;
        anchor = event.currentTarget;
        all.enter(anchor, () => tip);
      },
      onPointerLeave: all.leave,
      onPointerDown: all.hide,
      onClick: all.hide,
      onFocus: (event: FocusEvent) => {
        const back = away;
        away = false;
        if (back || event.target !== event.currentTarget || !event.target.matches(':focus-visible')) return;
        anchor = event.currentTarget;
        all.show(anchor, tip);
      },
      onBlur: () => {
        away = !document.hasFocus();
        all.hide();
      },
    },
  };
}
