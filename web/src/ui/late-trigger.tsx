import {
  cloneElement,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type SyntheticEvent,
  useLayoutEffect,
  useState,
} from 'react';
import { t } from '@/lib/i18n.ts';
import type { LazyPart } from '@/lib/lazy-part.ts';
import { createStore, type Store, useStore } from '@/lib/store.ts';
import { mergeProps, type Props, useMergedRef } from './merge-props.ts';
import { waitingToasts } from './toast-queue.ts';

// A control stands on the page before what it opens is there. It is drawn by itself, as the same element from first to
// last; once a person turns to it, the part that it opens is drawn beside it and hands over what the control is to do.
// A press that comes before is kept and made good.

/** What passes between a control and the part that it opens. */
export interface Handover {
  /** What the part wants the control to do, once it is there. */
  props: Store<Props | undefined>;
  /** The control does that. */
  taken: Store<boolean>;
}

/** A control whose part comes later. */
export interface Late extends Handover {
  /** The part is to be drawn: it is there, and a person turns to the control. */
  wanted: Store<boolean>;
  /** What the control does until it is told better. */
  early: Props;
  /** The press that has begun before the control was told, if one has. */
  begun: () => PointerEvent | undefined;
}

/** Keeps what happens to a control until its part is there. Where `open` is told from outside, a press opens nothing by itself. */
export function useLate<P>(part: LazyPart<P>, open: boolean | undefined): Late {
  const [late] = useState(() => makeLate(part, open !== undefined));
  useLayoutEffect(() => {
    if (open) part.whenThere(() => late.wanted.set(true));
  }, [open, part, late]);
  return late;
}

function makeLate<P>(part: LazyPart<P>, told: boolean): Late {
  const [wanted, taken] = [createStore(false), createStore(false)];
  let begun: PointerEvent | undefined;
  let pressed: HTMLElement | undefined;
  const approach = () => {
    // A control that is told in the midst of a press would misunderstand it: that waits for the press to end.
    part.whenThere(
      () => begun || wanted.set(true),
      () => undefined,
    );
  };
  const end = () => {
    begun = undefined;
  };
  const press = (event: SyntheticEvent<HTMLElement>) => {
    end();
    if (!told) {
      pressed = event.currentTarget;
      // It is pressed again when it can answer, and that is heard around it.
      event.stopPropagation();
    }
    part.whenThere(
      () => wanted.set(true),
      () => {
        pressed = undefined;
        // The control is still there, and asks again at the next press.
        waitingToasts.set((waiting) => [...waiting, { title: t('ui.notLoaded'), tone: 'error' }]);
      },
    );
  };
  taken.subscribe(() => {
    const control = pressed;
    pressed = undefined;
    // Not at once: React is still at work on what the press will meet.
    if (control) queueMicrotask(() => control.click());
  });
  return {
    props: createStore<Props | undefined>(undefined),
    taken,
    wanted,
    begun: () => begun,
    early: {
      'aria-haspopup': 'menu',
      'aria-expanded': false,
      onPointerEnter: approach,
      onFocus: approach,
      onPointerDown: (event: PointerEvent) => {
        approach();
        begun = event;
      },
      onPointerLeave: end,
      onPointerCancel: end,
      onClick: press,
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        press(event);
      },
      // Whoever has gone on to something else wants no menu any more.
      onBlur: () => {
        pressed = undefined;
      },
    },
  };
}

/** Props of LateTrigger. */
export interface LateTriggerProps {
  late: Late;
  /** The control: an element that takes a ref and props. */
  element: ReactElement<Props>;
}

/** The control itself. */
export function LateTrigger({ late, element }: LateTriggerProps) {
  const given = useStore(late.props);
  const ref = useMergedRef(element.props.ref, given?.ref);
  const there = given !== undefined;
  useLayoutEffect(() => {
    if (!there) return;
    const press = late.begun();
    if (press) (late.props.get()?.onPointerDown as ((event: PointerEvent) => void) | undefined)?.(press);
    late.taken.set(true);
  }, [there, late]);
  return cloneElement(element, { ...mergeProps(element.props, given ?? late.early), ref });
}

/** Hands over, from within the part, what the control is to do. It draws nothing. */
export function Give({ props, to }: { props: object; to: Handover }) {
  useLayoutEffect(() => to.props.set(props as Props));
  return null;
}
