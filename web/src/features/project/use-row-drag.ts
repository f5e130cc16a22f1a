import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Place } from './order.ts';

/** A line that can be dragged to another place of its list. */
export interface RowDrag {
  row: RefObject<HTMLLIElement | null>;
  grip: RefObject<HTMLSpanElement | null>;
  dragging: boolean;
  /** The edge where the dragged line would come to stand. */
  edge: Place['edge'] | undefined;
}

const kind = 'cairn/field';

/** Makes a line draggable by its grip; `onDrop` hears which line was dropped at which edge of this one. */
export function useRowDrag(
  ref: string,
  locked: boolean,
  onDrop: (moved: string, place: Place) => void,
): RowDrag {
  const row = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLSpanElement>(null);
  const [dragging, setDragging] = useState(false);
  const [edge, setEdge] = useState<Place['edge']>();
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(() => {
    const element = row.current;
    const handle = grip.current;
    if (!element || !handle || locked) return;
    const edgeAt = (y: number): Place['edge'] => {
      const box = element.getBoundingClientRect();
      return y < box.top + box.height / 2 ? 'top' : 'bottom';
    };
    return combine(
      draggable({
        element,
        dragHandle: handle,
        getInitialData: () => ({ kind, ref }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === kind && source.data.ref !== ref,
        onDrag: ({ location }) => setEdge(edgeAt(location.current.input.clientY)),
        onDragLeave: () => setEdge(undefined),
        onDrop: ({ source, location }) => {
          setEdge(undefined);
          const place = { ref, edge: edgeAt(location.current.input.clientY) };
          if (typeof source.data.ref === 'string') drop.current(source.data.ref, place);
        },
      }),
    );
  }, [ref, locked]);
  return { row, grip, dragging, edge };
}
