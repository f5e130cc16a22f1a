import { ArrowRightLeft, X } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
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
    <div className={css.bar} role="toolbar" aria-label={t('list.bulk.label')}>
      <strong className={css.barCount}>{t('list.bulk.selected', { n: selected.size })}</strong>
      <Menu
        side="top"
        items={moveEntries(board, cards)}
        trigger={
          <Button tone="ghost" icon={ArrowRightLeft}>
            {t('board.moveTo')}
          </Button>
        }
      />
      <IconButton
        label={t('list.bulk.clear')}
        icon={X}
        onClick={() => board.setState((last) => ({ ...last, selected: new Map() }))}
      />
    </div>
  );
}
