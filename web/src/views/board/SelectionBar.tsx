import { ArrowRightLeft } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { BulkBar } from '../shared/BulkBar.tsx';
import { moveEntries } from './move-entries.tsx';
import { type Board, movedWith } from './use-board.ts';

/** What can be done to the selected cards at once. */
export function SelectionBar({ board }: { board: Board }) {
  const { selected } = board.state;
  const ids = [...selected.keys()];
  const [first] = selected.values();
  const cards = first ? movedWith(board, first.row, first.from) : [];
  return (
    <BulkBar
      count={ids.length}
      target={{ ids }}
      ids={ids}
      archivedOnly={board.props.definition.query.archived === 'only'}
      onClear={() => board.setState((last) => ({ ...last, selected: new Map() }))}
      say={board.say}
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
    </BulkBar>
  );
}
