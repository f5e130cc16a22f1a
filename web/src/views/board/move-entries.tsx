import { t } from '@/lib/i18n.ts';
import type { MenuEntry } from '@/ui/menu-entries.ts';
import { ColorDot } from '@/ui/OptionChip.tsx';
import type { MovedCard } from './plan.ts';
import type { Board } from './use-board.ts';

/** The columns, and where there are some the swimlanes, that cards can be moved to, as entries of a menu. */
export function moveEntries(board: Board, moved: readonly MovedCard[]): MenuEntry[] {
  const { model, cards } = board;
  const [first] = moved;
  const from = first && model.find(first.from);
  if (!from) return [];
  const end = (column: number, lane: number) => ({ column, lane, index: cards(column, lane).length });
  const all = (held: (card: { column: number; lane: number }) => boolean) =>
    moved.every((card) => {
      const cell = model.find(card.from);
      return cell !== undefined && held(cell);
    });
  const columns = model.columns.map(
    (column, at): MenuEntry => ({
      id: `column ${column.path}`,
      label: column.label,
      leading: column.color && <ColorDot color={column.color} />,
      hint: String(column.count),
      disabled: all((cell) => cell.column === at),
      onSelect: () => board.drop(moved, end(at, from.lane)),
    }),
  );
  if (!model.laned) return columns;
  const lanes = model.lanes.map(
    (lane, at): MenuEntry => ({
      id: `lane ${lane.path}`,
      label: lane.label,
      leading: lane.color && <ColorDot color={lane.color} />,
      disabled: all((cell) => cell.lane === at),
      onSelect: () => board.drop(moved, end(from.column, at)),
    }),
  );
  return [
    {
      kind: 'group',
      id: 'columns',
      label: model.groupings[0]?.field.name ?? t('board.columns'),
      items: columns,
    },
    { kind: 'separator', id: 'line' },
    { kind: 'group', id: 'lanes', label: model.groupings[1]?.field.name ?? t('board.lanes'), items: lanes },
  ];
}
