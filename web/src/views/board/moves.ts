import type { IdeaRow } from '@/sync/types.ts';
import type { BoardCell } from './model.ts';

/** An idea that was put somewhere else and is shown there before the server has confirmed it. */
export interface PendingMove {
  /** Moves that are made, and taken back, together. */
  group: string;
  row: IdeaRow;
  /** Paths of the cells that it left and that it came to. */
  from: string;
  to: string;
  /** The idea that it stands before; undefined at the end. */
  before?: number;
}

/** One card of a cell: its idea, once that is loaded, and its position where it has one. */
export interface CardAt {
  row?: IdeaRow;
  position?: number;
}

/** The cards of a cell as they are shown. */
export interface CellCards {
  length: number;
  at: (index: number) => CardAt;
  /** Where an idea is shown; undefined when it is not among those that are loaded. */
  indexOf: (id: number) => number | undefined;
}

/** How cards are found. */
export interface CardSource {
  row: (position: number) => IdeaRow | undefined;
  loaded: () => { position: number; row: IdeaRow }[];
  /** Another one whenever rows may be others. */
  as?: unknown;
}

interface Placed {
  index: number;
  row: IdeaRow;
}

/** How the board's cells look with the moves that are on their way. */
export function cardsOf(source: CardSource, moves: readonly PendingMove[]): (cell: BoardCell) => CellCards {
  let places: Map<number, number[]> | undefined;
  /** The places of an idea in a cell, counted from its first. */
  const placesIn = (cell: BoardCell, id: number): number[] => {
    if (!places) {
      places = new Map();
      for (const { position, row } of source.loaded())
        places.set(row.id, [...(places.get(row.id) ?? []), position]);
    }
    const own = places.get(id) ?? [];
    return own.map((position) => position - cell.offset).filter((place) => place >= 0 && place < cell.length);
  };
  return (cell) => {
    const leaving = moves.filter((move) => move.from === cell.path || move.to === cell.path);
    const hidden = [...new Set(leaving.flatMap((move) => placesIn(cell, move.row.id)))].sort((a, b) => a - b);
    const rest = cell.length - hidden.length;
    /** How many cards that stay stand before a place. */
    const staying = (place: number) => place - hidden.filter((gone) => gone < place).length;
    const placed: Placed[] = [];
    // Of several moves of one idea the last one counts.
    const coming = leaving.filter(
      (move) => move.to === cell.path && leaving.findLast((other) => other.row.id === move.row.id) === move,
    );
    for (const { row, before } of coming) {
      const among = placed.findIndex((other) => other.row.id === before);
      const anchor = before === undefined ? undefined : placesIn(cell, before)[0];
      const index = placed[among]?.index ?? (anchor === undefined ? rest : staying(anchor));
      placed.splice(among < 0 ? placed.length : among, 0, { index, row });
    }
    // Cards that come to the same place keep their order; each one shifts those behind it.
    placed.sort((a, b) => a.index - b.index);
    const shown = placed.map(({ index, row }, at) => ({ index: index + at, row }));
    const at = (index: number): CardAt => {
      const own = shown.find((each) => each.index === index);
      if (own) return { row: own.row };
      let place = index - shown.filter((each) => each.index < index).length;
      for (const gone of hidden) if (gone <= place) place += 1;
      const position = cell.offset + place;
      return { row: source.row(position), position };
    };
    return {
      length: rest + shown.length,
      at,
      indexOf: (id) => {
        const own = shown.find((each) => each.row.id === id);
        if (own) return own.index;
        const [place] = placesIn(cell, id).filter((each) => !hidden.includes(each));
        if (place === undefined) return undefined;
        const stays = staying(place);
        return stays + placed.filter((each) => each.index <= stays).length;
      },
    };
  };
}
