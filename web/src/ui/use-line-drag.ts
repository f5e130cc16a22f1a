import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLatest } from '@/lib/latest.ts';

/** On which side of a line another one is dropped. */
export type DropSide = 'before' | 'after';

function sideOf(element: Element, y: number): DropSide {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2 ? 'before' : 'after';
}

/** Lets lines of one list be dragged among each other; `kind` tells lists apart, `ref` lines. */
export function useLineDrag(
  kind: string,
  ref: string,
  onDropped: ((ref: string, side: DropSide) => void) | undefined,
): { line: RefObject<HTMLLIElement | null>; over: DropSide | undefined } {
  const line = useRef<HTMLLIElement>(null);
  const [over, setOver] = useState<DropSide>();
  const latest = useLatest(onDropped);
  const movable = onDropped !== undefined;
  useEffect(() => {
    const element = line.current;
    if (!element || !movable) return;
    return combine(
      draggable({ element, getInitialData: () => ({ kind, ref }) }),
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
  return { line, over };
}
