import type { OptionColor } from '@/lib/colors.ts';
import type { CellValue, FieldInfo, GroupBy, Ref, RollupValue, ViewGroup } from '@/sync/types.ts';
import {
  canEnterGroups,
  type Grouping,
  groupColor,
  groupingsOf,
  groupLabel,
  pathOf,
} from '../shared/groups.ts';
import { joinRollups } from '../shared/rollups.ts';
import { type BoardLayout, groupSettings } from './layout.ts';

/** What columns and swimlanes have in common. */
interface Band {
  key: CellValue;
  /** Names it among its kind. */
  path: string;
  label: string;
  color?: OptionColor;
  count: number;
  collapsed: boolean;
  /** What its ideas come to; of a lane only what follows from its cells. */
  rollups: readonly RollupValue[];
}

/** A column of the board. */
export interface BoardColumn extends Band {
  /** How many ideas it should hold; undefined for any number. */
  limit?: number;
  /** Ideas beyond the limit are refused. */
  block: boolean;
}

/** A swimlane; a board without a second grouping has one that is not shown as such. */
export type BoardLane = Band;

/** The ideas where a column and a swimlane meet: a run of positions. */
export interface BoardCell {
  /** Names it on the board. */
  path: string;
  column: number;
  lane: number;
  offset: number;
  length: number;
}

/** What a board consists of. */
export interface BoardModel {
  groupings: readonly Grouping[];
  columns: readonly BoardColumn[];
  lanes: readonly BoardLane[];
  /** Whether lanes are shown as such. */
  laned: boolean;
  cell: (column: number, lane: number) => BoardCell;
  /** A cell by its path. */
  find: (path: string) => BoardCell | undefined;
}

/** What a board is made of. */
export interface ModelInput {
  groups: readonly ViewGroup[];
  by: readonly GroupBy[];
  board: BoardLayout;
  field: (ref: Ref) => FieldInfo | undefined;
}

/** Orders the keys of a field as the server orders its groups: those that are chosen first, no value last. */
function compareKeys({ field }: Grouping, { desc = false, order }: Pick<GroupBy, 'desc' | 'order'>) {
  const chosen = new Map((order ?? []).map((key, at) => [JSON.stringify(key ?? null), at]));
  const chosenPlace = ({ path }: Band) => chosen.get(path) ?? chosen.size;
  const places = new Map<CellValue, number>(field.options.map((option, at) => [option.id, at]));
  const byName = field.type === 'person' || field.type === 'people';
  const compare = (a: Band, b: Band): number => {
    if (places.size > 0) return (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0);
    if (!byName && typeof a.key === 'number' && typeof b.key === 'number') return a.key - b.key;
    if (typeof a.key === 'boolean') return Number(a.key) - Number(b.key);
    return a.label.localeCompare(b.label);
  };
  return (a: Band, b: Band): number => {
    const first = chosenPlace(a) - chosenPlace(b);
    if (first !== 0) return first;
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return desc ? -compare(a, b) : compare(a, b);
  };
}

/** The column that ideas lose their value in, where the answer has none because no idea lacks one. */
function emptyColumn(grouping: Grouping): ViewGroup | undefined {
  if (grouping.field.type === 'checkbox' || !canEnterGroups(grouping.field)) return undefined;
  return { key: null, label: '', offset: 0, length: 0, count: 0 };
}

function columnGroups({ groups, by: [by] }: ModelInput, grouping: Grouping): readonly ViewGroup[] {
  const hidden = by?.hidden?.includes(null) ?? false;
  if (!by?.showEmpty || hidden || groups.some((group) => group.key === null)) return groups;
  const none = emptyColumn(grouping);
  return none ? [...groups, none] : groups;
}

function lanesOf(columns: readonly ViewGroup[], { by, board }: ModelInput, grouping: Grouping): BoardLane[] {
  const lanes = new Map<string, BoardLane>();
  for (const column of columns) {
    for (const group of column.groups ?? []) {
      const path = pathOf([group.key]);
      const known = lanes.get(path);
      if (known) {
        known.count += group.count;
        known.rollups = joinRollups(known.rollups, group.rollups ?? []);
      } else
        lanes.set(path, {
          key: group.key,
          path,
          label: groupLabel(group, grouping.field),
          color: groupColor(group.key, grouping.field),
          count: group.count,
          collapsed: groupSettings(board, grouping.field.ref, group.key).collapsed ?? false,
          rollups: joinRollups(group.rollups ?? []),
        });
    }
  }
  return [...lanes.values()].sort(compareKeys(grouping, by[1] ?? {}));
}

/** Makes a board of a grouped answer. */
export function boardModel(input: ModelInput): BoardModel {
  const groupings = groupingsOf(input.by, input.field);
  const [across, down] = groupings;
  if (!across)
    return {
      groupings,
      columns: [],
      lanes: [],
      laned: false,
      cell: () => ({ path: '', column: 0, lane: 0, offset: 0, length: 0 }),
      find: () => undefined,
    };
  const groups = columnGroups(input, across);
  const columns = groups.map((group): BoardColumn => {
    const {
      collapsed = false,
      limit,
      block = false,
    } = groupSettings(input.board, across.field.ref, group.key);
    return {
      key: group.key,
      path: pathOf([group.key]),
      label: groupLabel(group, across.field),
      color: groupColor(group.key, across.field),
      count: group.count,
      rollups: group.rollups ?? [],
      collapsed,
      limit,
      block,
    };
  });
  const lanes: BoardLane[] = down
    ? lanesOf(groups, input, down)
    : [{ key: null, path: '', label: '', count: 0, collapsed: false, rollups: [] }];
  const cells = groups.map((group, column) => {
    const own = new Map((group.groups ?? []).map((inner) => [pathOf([inner.key]), inner]));
    return lanes.map((lane, at): BoardCell => {
      const inner = down ? own.get(lane.path) : group;
      const path = down ? pathOf([group.key, lane.key]) : pathOf([group.key]);
      return { path, column, lane: at, offset: inner?.offset ?? 0, length: inner?.length ?? 0 };
    });
  });
  const byPath = new Map(cells.flat().map((cell) => [cell.path, cell]));
  return {
    groupings,
    columns,
    lanes,
    laned: down !== undefined,
    cell: (column, lane) => {
      const cell = cells[column]?.[lane];
      if (!cell) throw new RangeError(`the board has no cell ${column}, ${lane}`);
      return cell;
    },
    find: (path) => byPath.get(path),
  };
}

/** Whether the cards of a cell are shown: neither its column nor its lane is folded. */
export function isOpen(model: BoardModel, column: number, lane: number): boolean {
  return model.columns[column]?.collapsed === false && model.lanes[lane]?.collapsed === false;
}

/** What people call a cell: its column, and its lane where there are some. */
export function cellLabel(model: BoardModel, column: number, lane: number): string {
  const name = model.columns[column]?.label ?? '';
  return model.laned ? `${name}, ${model.lanes[lane]?.label ?? ''}` : name;
}
