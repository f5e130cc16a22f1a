import { ArrowRightLeft, PanelRight, SquareCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import { t } from '@/lib/i18n.ts';
import { ContextMenu } from '@/ui/ContextMenu.tsx';
import type { MenuEntry } from '@/ui/Menu.tsx';
import { moveEntries } from './move-entries.tsx';
import { type Board, movedWith } from './use-board.ts';

/** The menu of the active card: at the pointer, where a finger that held it lets it go, or with the menu key. */
export function CardMenu({
  board,
  children,
}: {
  board: Board;
  children: ReactElement<Record<string, unknown>>;
}) {
  return (
    <ContextMenu items={entriesOf(board)} holds>
      {children}
    </ContextMenu>
  );
}

function entriesOf(board: Board): MenuEntry[] {
  const { place, model } = board;
  const row = place && board.cards(place.column, place.lane).at(place.index).row;
  if (!place || !row) return [];
  const moved = movedWith(board, row, model.cell(place.column, place.lane).path);
  return [
    {
      id: 'open',
      label: t('board.open'),
      icon: PanelRight,
      shortcut: 'Enter',
      onSelect: () => board.props.onOpen(`${board.projectKey}-${row.number}`),
    },
    {
      id: 'select',
      label: t(board.state.selected.has(row.id) ? 'board.unselect' : 'board.select'),
      icon: SquareCheck,
      shortcut: 'x',
      onSelect: () => board.toggle(place),
    },
    { kind: 'separator', id: 'line' },
    {
      kind: 'submenu',
      id: 'move',
      label: t('board.moveTo'),
      icon: ArrowRightLeft,
      items: moveEntries(board, moved),
    },
  ];
}
