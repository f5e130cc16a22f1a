import { useState } from 'react';
import type { LineMoves } from './OrderedLine.tsx';
import { type Place, type Placed, positionAt, stepPlace } from './order.ts';

/** What of a list can be moved. */
export interface Order {
  /** Tells its lines from those of other lists. */
  kind: string;
  items: readonly (Placed & { name: string })[];
  locked: boolean;
  /** Keeps a new position; resolves to whether it is kept. */
  put: (ref: string, position: number) => Promise<boolean>;
  /** Words for what was moved. */
  moved: (name: string) => string;
}

/** The order of a list: what each line needs to be moved, and what was said last about it. */
export function useOrder({ kind, items, locked, put, moved }: Order): {
  movesOf: (ref: string) => LineMoves;
  said: string;
} {
  const [said, setSaid] = useState('');
  const move = async (ref: string, place: Place) => {
    const item = items.find((each) => each.ref === ref);
    const position = positionAt(items, ref, place);
    if (!item || position === undefined) return;
    if (await put(ref, position)) setSaid(moved(item.name));
  };
  const step = (ref: string, by: 1 | -1) => {
    const place = stepPlace(items, ref, by);
    return place && (() => void move(ref, place));
  };
  const movesOf = (ref: string): LineMoves =>
    locked
      ? { kind, ref }
      : {
          kind,
          ref,
          onDrop: (from, place) => void move(from, place),
          onUp: step(ref, -1),
          onDown: step(ref, 1),
        };
  return { movesOf, said };
}
