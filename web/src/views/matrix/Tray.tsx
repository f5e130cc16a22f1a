import { memo, useMemo } from 'react';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { IdeaList } from './IdeaList.tsx';
import { ListPanel } from './ListPanel.tsx';
import css from './Tray.module.css';
import type { Matrix } from './use-matrix.ts';
import type { Moves } from './use-moves.ts';
import { lackText, lockText } from './words.ts';

interface TrayProps {
  plotted: Matrix['plotted'];
  carry: Matrix['carry'];
  onOpen: (idea: string) => void;
  moves: Moves;
  onClose: () => void;
}

/** Ideas that lack a value and so have no place, to be put onto the plot. */
export const Tray = memo(function Tray({ plotted, carry, moves, onOpen, onClose }: TrayProps) {
  const { missing, clipped, x, y } = plotted;
  const ideas = useMemo(
    () =>
      missing.map((each) => ({
        row: each.row,
        note: t('matrix.tray.lacks', { fields: lackText(each, { x, y }) }),
      })),
    [missing, x, y],
  );
  const reason = lockText({ x, y });
  const open = [x, y].filter((axis) => axis.locked === undefined).map((axis) => axis.field.name);
  return (
    <ListPanel
      className={css.tray}
      title={t('matrix.tray.title')}
      close={t('matrix.tray.close')}
      onClose={onClose}
    >
      <p className={css.text}>
        {open.length > 0 && t('matrix.tray.text', { fields: formatList(open) })}{' '}
        {reason && t('matrix.tray.locked', { reason })}{' '}
        {clipped > 0 && t('matrix.tray.clipped', { n: clipped })}
      </p>
      <IdeaList carry={carry} onOpen={onOpen} moves={moves} label={t('matrix.tray.list')} ideas={ideas} />
    </ListPanel>
  );
});
