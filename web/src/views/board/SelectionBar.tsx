import { ArrowRightLeft } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { SelectedBar } from '../shared/SelectedBar.tsx';
import css from './board.module.css';
import { moveEntries } from './move-entries.tsx';
import { type Board, movedWith } from './use-board.ts';

/** What can be done to the selected cards at once; appears with the first one. */
export function SelectionBar({ board }: { board: Board }) {
  const { selected } = board.state;
  if (selected.size === 0) return null;
  const [first] = selected.values();
  const cards = first ? movedWith(board, first.row, first.from) : [];
  return (
    <SelectedBar
      className={css.selected}
      count={selected.size}
      onClear={() => board.setState((last) => ({ ...last, selected: new Map() }))}
    >
      <Menu
        side="top"
        items={moveEntries(board, cards)}
        trigger={
          <Button tone="ghost" icon={ArrowRightLeft}>
            {t('board.moveTo')}
          </Button>
        }
      />
    </SelectedBar>
  );
}
