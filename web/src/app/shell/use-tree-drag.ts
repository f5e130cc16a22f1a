import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLatest } from '@/lib/latest.ts';

/** What is dragged in the tree of views. */
export interface Dragged {
  kind: 'view' | 'section' | 'favorite';
  id: number;
}

/** On which side of a line something is dropped, or into it. */
export type Drop = 'before' | 'after' | 'into';

interface Options {
  dragged?: Dragged;
  /** How something may be dropped on the line; none: it may not. */
  accepts: (what: Dragged) => readonly Drop[];
  onDrop: (what: Dragged, how: Drop) => void;
}

const mark = 'cairn.sidebar';

function howAt(element: Element, y: number, ways: readonly Drop[]): Drop | undefined {
  const { top, height } = element.getBoundingClientRect();
  const part = (y - top) / height;
  if (ways.includes('into') && (ways.length === 1 || (part > 0.3 && part < 0.7))) return 'into';
  const side = part < 0.5 ? 'before' : 'after';
  return ways.includes(side) ? side : ways[0];
}

/** Lets a line of the sidebar be dragged, and others be dropped on it. What does the dragging is loaded when it is needed. */
export function useTreeDrag<T extends HTMLElement>({
  dragged,
  accepts,
  onDrop,
}: Options): {
  line: RefObject<T | null>;
  over: Drop | undefined;
} {
  const line = useRef<T>(null);
  const [over, setOver] = useState<Drop>();
  const latest = useLatest({ accepts, onDrop });
  const { kind, id } = dragged ?? {};
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    void import('@atlaskit/pragmatic-drag-and-drop/element/adapter').then(
      ({ draggable, dropTargetForElements }) => {
        const element = line.current;
        if (gone || !element) return;
        const whatOf = (data: Record<string | symbol, unknown>) =>
          data.mark === mark ? (data.what as Dragged) : undefined;
        const ends = [
          dropTargetForElements({
            element,
            canDrop: ({ source }) => {
              const what = whatOf(source.data);
              return what !== undefined && latest().accepts(what).length > 0;
            },
            onDrag: ({ source, location }) => {
              const what = whatOf(source.data);
              if (what) setOver(howAt(element, location.current.input.clientY, latest().accepts(what)));
            },
            onDragLeave: () => setOver(undefined),
            onDrop: ({ source, location }) => {
              setOver(undefined);
              const what = whatOf(source.data);
              if (!what || location.current.dropTargets[0]?.element !== element) return;
              const how = howAt(element, location.current.input.clientY, latest().accepts(what));
              if (how) latest().onDrop(what, how);
            },
          }),
        ];
        if (kind !== undefined && id !== undefined)
          ends.push(draggable({ element, getInitialData: () => ({ mark, what: { kind, id } }) }));
        stop = () => {
          for (const end of ends) end();
        };
      },
    );
    return () => {
      gone = true;
      stop?.();
    };
  }, [kind, id, latest]);
  return { line, over };
}
