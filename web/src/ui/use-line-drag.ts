import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLatest } from '@/lib/latest.ts';

/** On which side of a line another one is dropped. */
export type DropSide = 'before' | 'after';

/** A line of a list that can be dragged among the others. */
export interface LineDrag {
  line: RefObject<HTMLLIElement | null>;
  /** What the line is dragged by; the whole line where nothing takes it. */
  grip: RefObject<HTMLSpanElement | null>;
  dragging: boolean;
  /** The side at which the dragged line would come to stand. */
  over: DropSide | undefined;
}

function sideOf(element: Element, y: number): DropSide {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2 ? 'before' : 'after';
}

/** Lets lines of one list be dragged among each other; `kind` tells lists apart, `ref` lines. */
export function useLineDrag(
  kind: string,
  ref: string,
  onDropped: ((ref: string, side: DropSide) => void) | undefined,
): LineDrag {
  const line = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLSpanElement>(null);
  const [dragging, setDragging] = useState(false);
  const [over, setOver] = useState<DropSide>();
  const latest = useLatest(onDropped);
  const movable = onDropped !== undefined;
  useEffect(() => {
    const element = line.current;
    if (!element || !movable) return;
    return combine(
      draggable({
        element,
        dragHandle: grip.current ?? undefined,
        getInitialData: () => ({ kind, ref }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === kind && source.data.ref !== ref,
        onDrag: ({ location }) => setOver(sideOf(element, location.current.input.clientY)),
        onDragLeave: () => setOver(undefined),
        onDrop: ({ source, location }) => {
          setOver(undefined);
          latest()?.(String(source.data.ref), sideOf(element, location.current.input.clientY));
        },
      }),
    );
  }, [kind, ref, movable, latest]);
  return { line, grip, dragging, over };
}
